import { groupOf, readRows } from '../../eval/rows.mjs'
import { composeDocuments } from './compose-documents.mjs'
import { Features, finishSteps, foldText, tokenize, windowsOf } from './core.mjs'
import { hardNegatives } from './hard-negatives.mjs'
import { ownAttacks } from './own-attacks.mjs'
import { SIZE } from './settings.mjs'

// Not attacks on the prompt: plain tasks that only count inside a document, descriptions of attacks.
const skipped =
  /^(bipia-|psfuzz-(aim|self_refine|typoglycemia|ethical|complimentary|rag)|garak-promptinject)/
const noModel = { weights: new Int8Array(1), scale: 0, bias: 0 }
const markers = { fakeBoundaries: true, delimiters: true }

/**
 * The rows of `folder` and our own, cut into windows with their features and rule hits. `every` takes one of so many of
 * our own only, for a run that is to be quick.
 */
export function prepareRows(folder, every = 1) {
  const own = [...hardNegatives(), ...ownAttacks()].filter((_, index) => index % every === 0)
  const found = readRows(folder, 'injection')
    .filter(({ subset, text }) => !skipped.test(subset) && text.trim() !== '')
    .map((row) => ({ ...row, group: groupOf(row) }))
  return [...found, ...composeDocuments(found), ...own].map(prepare)
}

function prepare(row) {
  return {
    ...row,
    target: row.label === 'injection' ? 1 : 0,
    windows: windowsIn(row.text),
  }
}

/** What the detector sees of a text: per window its kind, features and rules. */
export function windowsIn(original) {
  const { text } = foldText(original)
  const { buckets, before } = new Features(tokenize(text), SIZE)
  return finishSteps(windowsOf(text, markers, noModel)).map((window) => ({
    kind: window.kind,
    from: window.from,
    to: window.to,
    buckets: buckets.subarray(before[window.firstWord], before[window.endWord]),
    hits: window.hits.map((hit) => hit.rule),
    model: 0,
    contrast: 0,
  }))
}
