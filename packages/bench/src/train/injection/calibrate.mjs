import { thresholdAt } from '../../eval/metrics.mjs'
import { isDocument } from './compose-documents.mjs'
import { kinds } from './fit.mjs'
import { isPrompt } from './folds.mjs'

/** What may be flagged at 0.8: shares of harmless texts from sources that the fit has not seen. */
export const SHARES = {
  prompts: { whole: 0.01, long: 0.004, short: 0.003, sentence: 0.003 },
  /** Own requests made of trigger words, of templates that the fit has not seen. */
  triggers: 0.02,
  documents: { whole: 0.004, long: 0.002, short: 0.002, sentence: 0.002 },
}
/** Harmless rows of public collections, as prompts. */
export const judgedHarmless = (rows) =>
  rows.filter((row) => row.target === 0 && isPrompt(row) && !row.own && !row.composed)

/** Scores, by kind of window, from which a text counts: `{ prompts, documents }`. */
export function limitsOf(rows) {
  const harmless = judgedHarmless(rows)
  const triggers = rows.filter((row) => row.target === 0 && row.own).map((row) => row.worst.whole)
  const known = triggers.filter((score) => score !== undefined)
  const composed = limits(
    rows.filter((row) => row.composed),
    SHARES.prompts,
  )
  const prompts = limits(harmless, SHARES.prompts)
  prompts.long = Math.max(prompts.long, composed.long)
  prompts.short = Math.max(prompts.short, composed.short)
  prompts.sentence = Math.max(prompts.sentence, composed.sentence)
  prompts.whole = Math.max(prompts.whole, thresholdAt(known, SHARES.triggers))
  return {
    prompts,
    documents: limits(
      rows.filter((row) => row.composed || isDocument(row)),
      SHARES.documents,
    ),
  }
}

function limits(texts, shares) {
  return Object.fromEntries(
    kinds.map((kind) => {
      const scores = texts.map(({ worst }) => worst[kind]).filter((score) => score !== undefined)
      return [kind, thresholdAt(scores, shares[kind])]
    }),
  )
}

/** By how much the most suspicious window is over its limit; above 0 the text counts. */
export function excess(worst, limit) {
  return Math.max(...Object.entries(worst).map(([kind, score]) => score - limit[kind]))
}
