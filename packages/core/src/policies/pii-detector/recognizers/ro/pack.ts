import { digitsOf, verdict } from '../check-digits/compact.ts'
import { hasDay } from '../check-digits/dates.ts'
import { weightedSum } from '../check-digits/weighted-sum.ts'
import { form } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** Personal code: sex and century, birth date, county, serial, check digit. */
const roCnp: PatternRecognizer = {
  entity: 'RO_CNP',
  label: 'CNP',
  aliases: ['CNP'],
  forms: [form(String.raw`[1-9]\d{12}`, 200)],
  longest: 13,
  check: (written) => {
    const remainder = weightedSum(digitsOf(written), [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11
    const isRight = (remainder === 10 ? 1 : remainder) === Number(written[12])
    return verdict(isRight && hasDay(written, 3, 5), true)
  },
  cues: ['cnp', 'cod numeric personal', 'codul numeric personal', 'personal code'],
  source: 'OUG 97/2005; https://ro.wikipedia.org/wiki/Cod_numeric_personal_(România)',
}

/** Romania. */
export const ro = [roCnp]
