import { excess } from './calibrate.mjs'
import { scoreWords, worstOf } from './fit.mjs'
import { windowsIn } from './prepare-rows.mjs'

/** Payloads: attacks short enough to hide. Documents: this many rows long. */
const MOST_CHARACTERS = 400
const overrides = /^(deepset|prompt-extraction|direct|giskard|patt|latent-payload|llm-confid)/
const PLACES = ['begin', 'middle', 'end']
const EVERY = 3

/**
 * Plants short attacks into long documents and scores them by fits that have seen neither the attack's source nor (where
 * folds allow) the document's. Gives counts by place, and the documents without a plant that are flagged.
 */
export function measurePlanted(rows, fits, limit) {
  const documents = rows.filter((row) => row.composed)
  const attacks = rows.filter(
    (row) =>
      row.target === 1 &&
      !row.own &&
      overrides.test(row.subset) &&
      row.text.length < MOST_CHARACTERS,
  )
  const found = Object.fromEntries(PLACES.map((place) => [place, 0]))
  let planted = 0
  let alone = 0
  for (let index = 0; documents.length > 0 && index < attacks.length; index += EVERY) {
    const attack = attacks[index]
    const document = documents[(index * 7) % documents.length]
    const { words, above } = fits[attack.fold]
    planted += 1
    if (excess(attack.worst, limit) >= 0) alone += 1
    for (const place of PLACES) {
      const windows = windowsIn(plant(document.text, attack.text, place))
      for (const window of windows) window.model = scoreWords(words, window)
      if (excess(worstOf(above, windows), limit) >= 0) found[place] += 1
    }
  }
  const flagged = documents.filter(({ worst }) => excess(worst, limit) >= 0).length
  return { planted, alone, found, documents: documents.length, flagged }
}

function plant(document, attack, place) {
  if (place === 'begin') return `${attack}\n\n${document}`
  if (place === 'end') return `${document}\n\n${attack}`
  const cut = document.indexOf('. ', document.length / 2) + 2
  const split = cut > 1 ? cut : document.length
  return `${document.slice(0, split)}${attack} ${document.slice(split)}`
}
