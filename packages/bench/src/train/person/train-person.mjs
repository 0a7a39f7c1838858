// `npm run train:person -- --data DIR` (after a build): fits the tagger of the PERSON finder and writes its weights and
// its model card. The same rows give the same bytes. `--check` only measures; `--date YYYY-MM-DD` is written to the card.
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { argument } from '../../eval/rows.mjs'
import { core, load } from './core.mjs'
import { fitTagger, randomNumbers } from './perceptron.mjs'
import { examplesOf, withoutSomeNames } from './person-examples.mjs'
import { personRows, sources } from './person-rows.mjs'
import { productSentences } from './product-sentences.mjs'
import { SpanCounts } from './span-figures.mjs'

const { bestTags } = await load('person/name-tagger.js')
const { buckets, featuresPerWord } = await load('person/run-features.js')
const { eagerness } = await load('person/person-mode.js')
const { findEntities } = await load('find-entities.js')
const { createPlan } = await load('detection-plan.js')
const { schema } = await load('schema.js')
const { lendTagger } = await load('person/tagger-model.js')

const settings = {
  seed: 42,
  rounds: 6,
  /** Margins by which a name must win, and by which everything else must. */
  missCost: 6,
  falseCost: 4,
  /** Shares of rows that are learned from again with names missing in the lists, and in capitals. */
  withoutLists: 0.15,
  inCapitals: 0.05,
}
const folds = 4

const folder = argument('data')
if (folder === undefined)
  throw new Error('--data DIR is missing: a folder with pii-dev and person-dev rows')
const rows = personRows(folder)
const random = randomNumbers(settings.seed)
const own = productSentences().map((text) => ({ text, names: [] }))
for (const [index, row] of rows.entries()) {
  row.fold = (Math.imul(index + 7, 2654435761) >>> 8) % folds
  row.examples = row.trainable ? learnedFrom(row) : []
}
const ownExamples = own.flatMap((row) => examplesOf(row))

function learnedFrom(row) {
  const examples = examplesOf(row)
  if (random() < settings.withoutLists)
    examples.push(...examplesOf(row, { lists: withoutSomeNames(random) }))
  const capitals = row.text.toUpperCase()
  if (random() < settings.inCapitals && capitals.length === row.text.length)
    examples.push(...examplesOf(row, { text: capitals }))
  return examples
}

/** Fits the tagger to the rows for which `isUsed` holds, and rounds its weights as they are shipped. */
function fit(isUsed) {
  const examples = [...rows.filter(isUsed).flatMap((row) => row.examples), ...ownExamples]
  const fitted = fitTagger(examples, {
    ...settings,
    tag: bestTags,
    buckets,
    perWord: featuresPerWord,
  })
  // A tenth of a unit is enough; what is beyond the range of a byte is beyond doubt.
  const rounded = (weights) =>
    Int8Array.from(weights, (weight) => Math.max(-127, Math.min(127, Math.round(weight * unit))))
  return { weights: rounded(fitted.weights), steps: rounded(fitted.steps) }
}
const unit = 5

function measure(isMeasured, mode) {
  const plan = createPlan(options(mode))
  const counts = new SpanCounts()
  for (const row of rows.filter(isMeasured))
    counts.add(row.names, findEntities(row.text, 'request', plan))
  return counts.figures()
}

const defaults = Object.entries(schema.properties).map(([name, option]) => [name, option.default])
const options = (mode) => ({
  ...Object.fromEntries(defaults),
  entities: ['PERSON'],
  person: { mode },
})

/** Figures on each source of a tagger that never saw it; `templated` also on parts of a source that it knows. */
function leaveOneSourceOut() {
  const table = {}
  const judge = (name, isHeld, isMeasured) => {
    lendTagger(fit((row) => !isHeld(row)))
    table[name] = Object.fromEntries(
      Object.keys(eagerness).map((mode) => [mode, measure(isMeasured, mode)]),
    )
    console.log(
      name,
      JSON.stringify(table[name].balanced),
      JSON.stringify([table[name].precise.overlap, table[name].recall.overlap]),
    )
  }
  for (const source of sources) {
    const isHeld = (row) => row.source === source
    judge(source, isHeld, (row) => isHeld(row) && !row.generated)
  }
  for (let fold = 0; fold < folds; fold += 1) {
    const isHeld = (row) => row.source === 'presidio' && (row.generated || row.fold === fold)
    judge(`presidio, part ${fold + 1} of ${folds}`, isHeld, (row) => isHeld(row) && !row.generated)
  }
  return table
}

function rowsPerSource() {
  const list = new Map()
  for (const row of rows) {
    const key = `${row.source} ${row.generated} ${row.licence}`
    const entry = list.get(key) ?? {
      source: row.source,
      generated: row.generated,
      licence: row.licence,
      trainable: row.trainable,
      rows: 0,
      names: 0,
    }
    list.set(key, { ...entry, rows: entry.rows + 1, names: entry.names + row.names.length })
  }
  return [...list.values()]
}

function write(model, leftOut) {
  const bytes = Buffer.from(model.weights.buffer)
  const steps = [...model.steps].join(', ')
  const folderOf = (name) =>
    fileURLToPath(new URL(`src/policies/pii-detector/person/${name}`, core))
  writeFileSync(
    folderOf('tagger-weights.ts'),
    `import type { PackedTagger } from './packed-tagger.ts'

// Written by packages/bench/src/train/person/train-person.mjs.
export const packedTagger: PackedTagger = {
  steps: [${steps}],
  weights:
    '${bytes.toString('base64')}',
}
`,
  )
  const card = {
    model: 'averaged perceptron over runs of capitalised words, tags: none, begins, goes on',
    date: argument('date') ?? new Date().toISOString().slice(0, 10),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    settings: { ...settings, buckets, featuresPerWord, unit, eagerness },
    rows: rowsPerSource(),
    ownSentences: own.length,
    figures:
      'thousandths; each source measured with a tagger that never saw it or its generated twins',
    leaveOneSourceOut: leftOut,
  }
  writeFileSync(folderOf('model-card.json'), `${JSON.stringify(card, null, 2)}\n`)
}

const leftOut = leaveOneSourceOut()
if (!process.argv.includes('--check'))
  write(
    fit((row) => row.trainable),
    leftOut,
  )
