import { digitsOf, verdict } from '../check-digits/compact.ts'
import { weightedSum } from '../check-digits/weighted-sum.ts'
import { form } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** Social security number (TAJ): nine digits, weights 3 and 7. */
const huTaj: PatternRecognizer = {
  entity: 'HU_TAJ',
  label: 'TAJ',
  aliases: ['TAJ', 'HU_SSN'],
  forms: [form(String.raw`\d{3}([ -]?)\d{3}\1\d{3}`, 100)],
  longest: 11,
  check: (written) => {
    const digits = digitsOf(written)
    return verdict(weightedSum(digits, [3, 7, 3, 7, 3, 7, 3, 7]) % 10 === digits[8], false)
  },
  cues: [
    'taj',
    'taj szám',
    'taj-szám',
    'társadalombiztosítási',
    'társadalombiztosítási azonosító jel',
    'social security',
  ],
  source: '1996. évi XX. törvény',
}

/** Tax number of a person: ten digits that begin with 8, days since 1867, check digit. */
const huTaxId: PatternRecognizer = {
  entity: 'HU_TAX_ID',
  label: 'ADOAZONOSITO',
  aliases: ['HU_ADOAZONOSITO'],
  forms: [form(String.raw`8\d{9}`, 100)],
  longest: 10,
  check: (written) => {
    const digits = digitsOf(written)
    return verdict(
      (weightedSum(digits, [1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11) % 11 === digits[9],
      false,
    )
  },
  cues: ['adóazonosító', 'adóazonosító jel', 'adószám', 'tax id', 'tax number'],
  source: '1996. évi XX. törvény',
}

/** Hungary. */
export const hu = [huTaj, huTaxId]
