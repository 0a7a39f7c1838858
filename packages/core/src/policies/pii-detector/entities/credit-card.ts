import { cueText } from '../cue-before.ts'
import type { DigitGroup } from '../digit-groups.ts'
import { between } from '../digit-groups.ts'
import type { Detected, DetectorWindow, Inspection } from '../entity-detector.ts'
import { passesLuhn } from '../luhn.ts'
import { numberMayBegin, numberMayEnd } from '../number-boundary.ts'

/** Nineteen digits with separators; a cue at most 40 characters before. */
export const window: DetectorWindow = { lookBehind: 42, reach: 32 }

// Behind one of these any number with a right check digit counts, from 12 digits on (Maestro).
const cue =
  /\b(?:(?:credit|debit|bank|payment|my|the|new|old|visa|maestro|amex)[ -]cards?|cards? ?(?:no|nr|num|number|#)|cards?|cc|pan)\b[^\p{L}]*(?:(?:no|nr|number|is|was|with|ending)\b[^\p{L}]*){0,2}$/iu

// Issuer prefixes and lengths (ISO/IEC 7812 ranges as the networks publish them).
const networks: readonly (readonly [prefix: RegExp, lengths: readonly number[]])[] = [
  [/^4/, [13, 16, 19]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^3(?:0[0-5]|[689])/, [14, 16]],
  [/^(?:6011|64[4-9]|65|622)/, [16, 19]],
  [/^62/, [16, 17, 18, 19]],
  [/^35/, [16]],
  [/^(?:1|2131)/, [15]],
  [/^(?:5[06-8]|6[0-9])/, [16, 18, 19]],
]

/**
 * Finds payment card numbers: issuer prefix, length and Luhn check, in one piece or grouped by spaces, hyphens or dots.
 * Behind a cue (`card number`) the prefix does not matter.
 */
export function* findCreditCards(inspection: Inspection): Iterable<Detected> {
  const { digits, claims, urls } = inspection
  for (let index = 0; index < digits.length; index += 1) {
    const last = cardEnd(inspection, index)
    const first = digits[index]
    const end = digits[last]?.end
    if (first === undefined || end === undefined) continue
    if (!claims.isFree(first.start, end) || !urls.isFree(first.start, end)) continue
    yield {
      ...{ rule: 'credit-card', type: 'CREDIT_CARD', start: first.start, end, score: 1000 },
      proven: true,
    }
    index = last
  }
}

/** Index of the group that ends a card number beginning with group `index`, or -1. */
function cardEnd(inspection: Inspection, index: number): number {
  const { text, digits } = inspection
  const first = digits[index]
  if (first === undefined || first.digits.length < 4 || first.digits.length > 19) return -1
  if (!numberMayBegin(inspection, first.start)) return -1
  const isAnnounced = () => cue.test(cueText(text, first.start))
  let number = first.digits
  let last = index
  while (!(isCard(number, isAnnounced) && numberMayEnd(text, digits[last]?.end ?? 0))) {
    const next = digits[last + 1]
    if (
      next === undefined ||
      !continues(next, number) ||
      !isEvenlyCut(text, digits, { index, last })
    )
      return -1
    number += next.digits
    last += 1
  }
  return last
}

/** True when the gap behind group `last` is one separator, and the same as behind group `index`. */
function isEvenlyCut(
  text: string,
  digits: readonly DigitGroup[],
  { index, last }: { index: number; last: number },
): boolean {
  const gapAfter = (place: number) => {
    const [left, right] = [digits[place], digits[place + 1]]
    return left === undefined || right === undefined ? '' : between(text, left, right)
  }
  return /^[ .-]$/.test(gapAfter(last)) && gapAfter(last) === gapAfter(index)
}

function isCard(number: string, isAnnounced: () => boolean): boolean {
  return number.length >= 12 && passesLuhn(number) && (hasNetwork(number) || isAnnounced())
}

function continues(next: DigitGroup, number: string): boolean {
  const length = next.digits.length
  return length >= 3 && length <= 8 && number.length + length <= 19
}

function hasNetwork(number: string): boolean {
  return networks.some(
    ([prefix, lengths]) => lengths.includes(number.length) && prefix.test(number),
  )
}
