import { compact, digitsOf, verdict } from '../check-digits/compact.ts'
import { hasDay } from '../check-digits/dates.ts'
import { weightedSum } from '../check-digits/weighted-sum.ts'
import { form } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** Personal code of Latvia: birth date, century, serial, check digit; since 2017 without the date, beginning with 32. */
const lvPersonasKods: PatternRecognizer = {
  entity: 'LV_PERSONAS_KODS',
  label: 'PERSONAS_KODS',
  aliases: ['PERSONAS_KODS'],
  forms: [form(String.raw`\d{6}-[0-2]\d{4}|3[2-9]\d{4}-\d{5}`, 300), form(String.raw`\d{11}`, 50)],
  longest: 12,
  check: (written) => {
    const value = compact(written)
    if (/^3[2-9]/.test(value)) return undefined
    const sum = weightedSum(digitsOf(written), [10, 5, 8, 4, 2, 1, 6, 3, 7, 9])
    return verdict(
      hasDay(value, 2, 0) && ((1 + sum) % 11) % 10 === Number(value[10]),
      written.includes('-'),
    )
  },
  cues: ['personas kods', 'personas kodu', 'personas koda', 'personal code'],
  source: 'Fizisko personu reģistra likums; https://www.pmlp.gov.lv/',
}

/** Latvia. */
export const lv = [lvPersonasKods]
