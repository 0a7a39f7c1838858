import { foldText } from '../../../text/fold.ts'

/** Term length, in characters, up to which nothing but the term itself counts. */
const exactLength = 4
/** From there on, so many more characters allow one more edit. */
const charactersPerEdit = 4

/** A term as it is compared: folded, with single spaces. */
export interface Term {
  readonly text: string
  /** How many edits a text may be away from it: insertions, deletions, replacements, swaps of neighbours. */
  readonly distance: number
}

/** How terms are compared. */
export interface TermOptions {
  readonly fuzzy: boolean
  readonly maxDistance: number
}

/** The terms in the form in which they are compared, each once; those that fold to nothing are left out. */
export function foldTerms(terms: readonly string[], options: TermOptions): readonly Term[] {
  const folded = terms.map((term) => foldTerm(term)).filter((text) => text !== '')
  return [...new Set(folded)].map((text) => ({ text, distance: distanceFor(text, options) }))
}

/** A text as terms are compared with it: folded, white space made single spaces, none at the ends. */
export function foldTerm(term: string): string {
  return foldText(term, { homoglyphs: false }).text.replace(/\s+/g, ' ').trim()
}

/**
 * Short terms are a few edits away from everything: up to four characters a term counts as written, up to eight one edit is
 * allowed, up to twelve two, and so on, at most `max_distance`.
 */
function distanceFor(text: string, { fuzzy, maxDistance }: TermOptions): number {
  if (!fuzzy || text.length <= exactLength) return 0
  return Math.min(maxDistance, Math.floor((text.length - 1) / charactersPerEdit))
}
