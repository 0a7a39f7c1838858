// Rows of the data folder that say where names stand, and the sources they come from.
import { readRows } from '../../eval/rows.mjs'

/** Sources whose rows resemble one another (swapped names, one template set): never on both sides of a split. */
const families = {
  presidio: /^(?:presidio-research|generated-presidio)/,
  restaurant8k: /^(?:restaurant8k|generated-restaurant)/,
  nlupp: /^nlupp/,
  wnut17: /^wnut17/,
  btc: /^btc/,
  sec: /^sec-/,
  litbank: /^litbank/,
  re3d: /^re3d/,
}

/** Names of the sources, in the order of the tables. */
export const sources = Object.keys(families)

/** Rows with all names marked: text, names `[{start, end}]`, source, licence, `trainable`, `generated`. */
export function personRows(folder) {
  return ['pii-dev', 'person-dev']
    .flatMap((prefix) => readRows(folder, prefix))
    .filter((row) => row.annotated.includes('PERSON'))
    .map((row) => ({
      text: row.text,
      names: row.spans
        .filter((span) => span.type === 'PERSON')
        .map(({ start, end }) => ({ start, end }))
        .sort((a, b) => a.start - b.start),
      source: sourceOf(row.subset),
      licence: row.licence,
      trainable: row.trainable,
      generated: row.source.startsWith('generated:'),
    }))
}

function sourceOf(subset) {
  const found = sources.find((name) => families[name].test(subset))
  if (found === undefined) throw new Error(`no source is known for rows of ${subset}`)
  return found
}
