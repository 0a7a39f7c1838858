import { compact, digitsOf, isGrouped, verdict } from '../check-digits/compact.ts'
import { isOrdinaryNumber } from '../check-digits/ordinary-number.ts'
import { isRepeated, weightedSum } from '../check-digits/weighted-sum.ts'
import { form } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** National identification number: kind, province, district, serial, check digit of modulus 11. */
const thTnin: PatternRecognizer = {
  entity: 'TH_TNIN',
  label: 'TNIN',
  aliases: ['TNIN', 'TH_NATIONAL_ID'],
  forms: [
    form(String.raw`[1-9]([ -])[1-9]\d{3}\1\d{5}\1\d{2}\1\d`, 400),
    form(String.raw`[1-9](?:[134]\d|2[0-7]|5[0-8]|[67][0-7]|[89][0-6])\d{10}`, 200),
  ],
  longest: 17,
  check: (written) => {
    const digits = digitsOf(written)
    const sum = weightedSum(digits, [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2])
    const alone = isGrouped(written) || !isOrdinaryNumber(compact(written))
    return verdict((11 - (sum % 11)) % 10 === digits[12] && !isRepeated(digits), alone)
  },
  cues: [
    'เลขประจำตัวประชาชน',
    'เลขบัตรประชาชน',
    'บัตรประชาชน',
    'รหัสปชช',
    'tnin',
    'thai national id',
    'thai id',
    'thai id number',
    'national id',
  ],
  source: 'https://www.bora.dopa.go.th/; https://en.wikipedia.org/wiki/Thai_identity_card',
}

/** Thailand. */
export const th = [thTnin]
