import { digitsOf, verdict } from '../check-digits/compact.ts'
import { hasDay } from '../check-digits/dates.ts'
import { isOrdinaryNumber } from '../check-digits/ordinary-number.ts'
import { weightedSum } from '../check-digits/weighted-sum.ts'
import { form } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** Unique citizen number of Slovenia and its neighbours: birth date with three digits of the year, region, serial, check digit. */
const siEmso: PatternRecognizer = {
  entity: 'SI_EMSO',
  label: 'EMSO',
  aliases: ['EMSO', 'JMBG'],
  forms: [form(String.raw`[0-3]\d{12}`, 200)],
  longest: 13,
  check: (written) => {
    const remainder = weightedSum(digitsOf(written), [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11
    const isRight = (11 - remainder) % 11 === Number(written[12])
    const isBirth = hasDay(written, 2, 0) && /^.{4}[09]/.test(written)
    return verdict(isBirth && isRight, !isOrdinaryNumber(written))
  },
  cues: [
    'emšo',
    'emso',
    'jmbg',
    'matični broj',
    'matična številka',
    'enotna matična številka',
    'personal number',
  ],
  source: 'https://www.gov.si/teme/emso/; Zakon o centralnem registru prebivalstva',
}

/** Slovenia. */
export const si = [siEmso]
