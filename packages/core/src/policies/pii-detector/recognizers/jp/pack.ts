import { digitsOf, verdict } from '../check-digits/compact.ts'
import { weightedSum } from '../check-digits/weighted-sum.ts'
import { form } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** Individual number (My Number): eleven digits, check digit of modulus 11. */
const jpMyNumber: PatternRecognizer = {
  entity: 'JP_MY_NUMBER',
  label: 'MY_NUMBER',
  aliases: ['MY_NUMBER', 'JP_INDIVIDUAL_NUMBER'],
  forms: [form(String.raw`\d{4}([ -]?)\d{4}\1\d{4}`, 100)],
  longest: 14,
  check: (written) => {
    const digits = digitsOf(written)
    const remainder = weightedSum(digits, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11
    return verdict((remainder < 2 ? 0 : 11 - remainder) === digits[11], false)
  },
  cues: ['マイナンバー', '個人番号', 'my number', 'individual number'],
  source: '行政手続における特定の個人を識別するための番号の利用等に関する法律施行令 第八条',
}

/** Passport: two letters, seven digits. */
const jpPassport: PatternRecognizer = {
  entity: 'JP_PASSPORT',
  label: 'JP_PASSPORT',
  aliases: ['JAPANESE_PASSPORT'],
  forms: [form(String.raw`[A-Z]{2}\d{7}`, 50)],
  longest: 9,
  cues: [
    '旅券',
    '旅券番号',
    'パスポート',
    'パスポート番号',
    'passport',
    'passport number',
    'japanese passport',
  ],
  source: 'https://www.consilium.europa.eu/prado/en/JPN/',
}

/** Japan. */
export const jp = [jpMyNumber, jpPassport]
