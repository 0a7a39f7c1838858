import type { KeptText } from '../../../scan/kept-text.ts'
import type { MappedText } from '../../../text/mapped-text.ts'
import type { Finding } from '../finding.ts'
import { isInMarker } from '../finding.ts'
import type { TermSet } from '../terms/term-set.ts'
import { foldForTerms } from '../terms/term-set.ts'

/** Text before a place that is read with it, to see whether a word begins there. */
const contextBefore = 64
/** A hit is at most so long as it is written, in characters: nothing waits for more. */
const longestWritten = 1000
/** With edits allowed, characters that are decided at a time. */
const step = 32
/** Score of an exact hit, in thousandths, and what an edit takes from it. */
const [exactScore, editCost] = [1000, 60]

/**
 * Finds the customer's terms in a text that comes in pieces. What begins at a place is decided when no more text can change
 * it: for terms as written when no term is half read, with edits allowed when the longest term would fit.
 */
export class TermScanner {
  readonly #text: KeptText
  readonly #set: TermSet
  readonly #weight: number
  #at = 0

  constructor(text: KeptText, set: TermSet, weight: number) {
    this.#text = text
    this.#set = set
    this.#weight = weight
  }

  /** No finding that comes later begins before. */
  get decided(): number {
    return this.#at
  }

  /** What was newly found; the text is complete when `isComplete`. */
  read(isComplete: boolean): Finding[] {
    const { end } = this.#text
    if (!isComplete && this.#set.isFuzzy && end - this.#at < this.#set.longest + step) return []
    const base = Math.max(0, this.#at - contextBefore)
    const folded = foldForTerms(this.#text.slice(base, end), { homoglyphs: false })
    const limit = isComplete ? end : this.#limit(folded, base)
    if (limit <= this.#at && !isComplete) return []
    const found = findTerms(folded, this.#set, this.#weight)
      .map((one) => ({ ...one, start: one.start + base, end: one.end + base }))
      .filter(
        ({ start, end: stop }) =>
          start >= this.#at && start < limit && stop - start <= longestWritten,
      )
    this.#at = Math.max(this.#at, limit)
    return found
  }

  /** What begins before can be decided. */
  #limit(folded: MappedText, base: number): number {
    const least = this.#text.end - longestWritten - contextBefore
    const { isFuzzy, longest } = this.#set
    // Two more: what stands behind a hit, and half a pair at the end.
    if (isFuzzy)
      return Math.max(
        least,
        base + folded.toOriginal(Math.max(0, folded.text.length - longest - 2)),
      )
    let limit = base + folded.toOriginal(this.#set.openStart(folded.text))
    while (limit > this.#at && limit > least && !(this.#text.codeAt(limit - 1) <= 32)) limit -= 1
    return Math.max(least, limit)
  }
}

/** The terms in a folded text, in offsets of the text it was made from. */
export function findTerms(folded: MappedText, set: TermSet, weight: number): Finding[] {
  const found: Finding[] = []
  for (const { start, end, distance } of set.find(folded.text)) {
    if (isInMarker(folded.text, start, end)) continue
    found.push({
      ...{ rule: 'blocked-term', category: 'terms', type: 'BLOCKED_TERM', weight },
      ...{ score: exactScore - editCost * distance, ...folded.toOriginalSpan(start, end) },
    })
  }
  return found
}
