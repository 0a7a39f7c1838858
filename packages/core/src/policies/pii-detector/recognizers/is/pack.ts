import { compact, digitsOf, verdict } from '../check-digits/compact.ts'
import { isDay } from '../check-digits/dates.ts'
import { weightedSum } from '../check-digits/weighted-sum.ts'
import { form } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** Kennitala: birth date, two digits, check digit of modulus 11, century. */
const isKennitala: PatternRecognizer = {
  entity: 'IS_KENNITALA',
  label: 'KENNITALA',
  aliases: ['KENNITALA'],
  forms: [form(String.raw`[0-7]\d{5}-?\d{3}[089]`, 200)],
  longest: 11,
  check: (written) => {
    const value = compact(written)
    const day = Number(value.slice(0, 2))
    // Companies have 40 added to their day.
    const isBirth = isDay(Number(value.slice(2, 4)), day > 40 ? day - 40 : day)
    const isRight = weightedSum(digitsOf(written), [3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0
    return verdict(isBirth && isRight, written.includes('-'))
  },
  cues: ['kennitala', 'kt', 'kennitölu', 'icelandic id', 'national id'],
  source: 'https://www.skra.is/english/people/my-registration/id-numbers/',
}

/** Iceland. */
export const iceland = [isKennitala]
