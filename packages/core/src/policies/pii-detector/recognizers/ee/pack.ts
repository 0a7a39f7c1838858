import { digitsOf, verdict } from '../check-digits/compact.ts'
import { hasDay } from '../check-digits/dates.ts'
import { weightedSum } from '../check-digits/weighted-sum.ts'
import { form } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/**
 * True for a personal code of Estonia or Lithuania, which are built alike: sex and century, birth date, serial, and a check digit of
 * modulus 11 with a second row of weights where the first gives ten.
 */
export function isBalticCode(written: string): boolean {
  const digits = digitsOf(written)
  const first = weightedSum(digits, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11
  const second = weightedSum(digits, [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11
  const check = first < 10 ? first : second % 10
  return check === digits[10] && hasDay(written, 3, 5)
}

/** Personal identification code. */
const eeIsikukood: PatternRecognizer = {
  entity: 'EE_ISIKUKOOD',
  label: 'ISIKUKOOD',
  aliases: ['ISIKUKOOD', 'EE_IK'],
  forms: [form(String.raw`[1-8]\d{10}`, 200)],
  longest: 11,
  check: (written) => verdict(isBalticCode(written), true),
  cues: ['isikukood', 'isikukoodi', 'personal identification code', 'personal code'],
  source: 'EVS 585:2007; https://www.siseministeerium.ee/',
}

/** Estonia. */
export const ee = [eeIsikukood]
