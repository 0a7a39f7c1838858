import type { DigitGroup } from '../digit-groups.ts'
import type { Inspection } from '../entity-detector.ts'
import { numberMayBegin, numberMayEnd } from '../number-boundary.ts'

/** A stretch of digits and punctuation that has the outer form of a phone number. */
export interface PhoneCandidate {
  readonly start: number
  /** Where the number ends, without extension. */
  readonly end: number
  /** Index of the last digit group. */
  readonly last: number
  /** Lengths of the digit groups, as in `3-3-4`. */
  readonly shape: string
  readonly digitCount: number
  /** Punctuation between the groups, joined. */
  readonly gaps: string
  /** How it begins: `+`, `(`, `+(` or nothing. */
  readonly lead: string
}

const gapPattern = /^(?:[-./ \u00a0\u2010-\u2014]|\) ?|\)-|[ -]\(| - |, ?(?=\())$/u
/** RFC 3966 and E.164: at most 15 digits. */
const maxDigits = 15
/** Local numbers without an area code. */
const minDigits = 7
const maxGroups = 7
const maxLength = 26

/**
 * All candidates that begin with digit group `index`, longest first. Bounded work: at most seven groups.
 */
export function phoneCandidates(inspection: Inspection, index: number): PhoneCandidate[] {
  const { text, digits } = inspection
  const first = digits[index]
  if (first === undefined) return []
  const lead =
    /(?:\+ ?)?\(?$/.exec(text.slice(Math.max(0, first.start - 3), first.start))?.[0] ?? ''
  const start = first.start - lead.length
  // `+` and `(` separate a number from a word before it by themselves.
  const followsWord = lead !== '' && /\p{L}/u.test(text[start - 1] ?? '')
  if (!followsWord && !numberMayBegin(inspection, start)) return []
  return stretches(inspection, index, { start, lead })
}

/** What the groups from `index` on add up to, longest first. */
function stretches(
  { text, digits }: Inspection,
  index: number,
  { start, lead }: Pick<PhoneCandidate, 'start' | 'lead'>,
): PhoneCandidate[] {
  const found: PhoneCandidate[] = []
  let shape = ''
  let gaps = ''
  let digitCount = 0
  for (let last = index; last < index + maxGroups; last += 1) {
    const group = digits[last]
    const gap = last === index ? '' : gapBefore(text, digits, last)
    if (group === undefined || gap === null) break
    digitCount += group.digits.length
    if (digitCount > maxDigits || group.end - start > maxLength) break
    gaps += gap
    shape += last === index ? `${group.digits.length}` : `-${group.digits.length}`
    if (digitCount < minDigits || !isBalanced(lead + gaps) || !mayEnd(text, group.end)) continue
    found.unshift({ start, end: group.end, last, shape, digitCount, gaps, lead })
  }
  return found
}

/** The punctuation before group `index` when a phone number may go on across it. */
function gapBefore(text: string, digits: readonly DigitGroup[], index: number): string | null {
  const left = digits[index - 1]
  const right = digits[index]
  if (left === undefined || right === undefined || right.start - left.end > 3) return null
  const gap = text.slice(left.end, right.start)
  return gapPattern.test(gap) ? gap : null
}

function isBalanced(punctuation: string): boolean {
  if (!/[()]/.test(punctuation)) return true
  return punctuation.split('(').length === punctuation.split(')').length
}

function mayEnd(text: string, end: number): boolean {
  return numberMayEnd(text, end) || extensionEnd(text, end) > end
}

/** Where an extension that follows `end` stops (` x123`, ` ext. 5`), or `end`. */
export function extensionEnd(text: string, end: number): number {
  const extension = /^ ?(?:x|ext\.?|extension|#) ?[0-9]{1,6}(?![\w])/i.exec(
    text.slice(end, end + 20),
  )
  return end + (extension?.[0].length ?? 0)
}
