import { compact, digitsOf, verdict } from '../check-digits/compact.ts'
import { weightedSum } from '../check-digits/weighted-sum.ts'
import { form } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** Identity card number: one or two letters, six digits, check sign, usually in brackets. */
const hkId: PatternRecognizer = {
  entity: 'HK_ID_CARD',
  label: 'HKID',
  aliases: ['HKID', 'HK_HKID'],
  // What follows a bracket is looked at by the reader of the text.
  forms: [
    { pattern: /[A-Z]{1,2}\d{6} ?\([0-9A]\)/iy, score: 500 },
    form('[A-Z]{1,2}[0-9]{6}[0-9A]', 100),
  ],
  longest: 12,
  check: (written) => {
    const value = compact(written)
    const letters = value.slice(0, -7).padStart(2, ' ')
    const places = [...letters].map((letter) => (letter === ' ' ? 36 : letter.charCodeAt(0) - 55))
    const all = [
      ...places,
      ...digitsOf(value.slice(-7, -1)),
      Number.parseInt(value.at(-1) ?? '', 16),
    ]
    return verdict(weightedSum(all, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0, written.includes('('))
  },
  cues: [
    'hkid',
    'hong kong id',
    'hong kong identity card',
    'identity card',
    'id card',
    '身份證',
    '香港身份證',
    '身份證號碼',
  ],
  source: 'https://www.immd.gov.hk/; https://en.wikipedia.org/wiki/Hong_Kong_identity_card',
}

/** Hong Kong. */
export const hk = [hkId]
