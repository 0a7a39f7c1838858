import { passesLuhn } from '../../luhn.ts'
import { digitsOf, verdict } from '../check-digits/compact.ts'
import { hasDay } from '../check-digits/dates.ts'
import { weightedSum } from '../check-digits/weighted-sum.ts'
import { form, upperForm } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** Tax number: nine digits, powers of two, modulus 11. */
const grAfm: PatternRecognizer = {
  entity: 'GR_AFM',
  label: 'AFM',
  aliases: ['AFM', 'GR_VAT'],
  forms: [upperForm(String.raw`(?:EL|GR) ?\d{9}`, 400), form(String.raw`\d{9}`, 50)],
  longest: 12,
  check: (written) => {
    const digits = digitsOf(written)
    const sum = weightedSum(digits, [256, 128, 64, 32, 16, 8, 4, 2])
    return verdict((sum % 11) % 10 === digits[8] && sum > 0, /^[A-Z]/i.test(written))
  },
  cues: ['αφμ', 'α.φ.μ.', 'afm', 'vat', 'tax number', 'tax id'],
  source: 'https://www.aade.gr/',
}

/** Social security number: birth date, serial, Luhn digit. */
const grAmka: PatternRecognizer = {
  entity: 'GR_AMKA',
  label: 'AMKA',
  aliases: ['AMKA', 'GR_SSN'],
  forms: [form(String.raw`[0-3]\d{10}`, 200)],
  longest: 11,
  check: (written) => verdict(hasDay(written, 2, 0) && passesLuhn(written), true),
  cues: ['αμκα', 'α.μ.κ.α.', 'amka', 'social security'],
  source: 'https://www.amka.gr/; Ν. 3655/2008',
}

/** Greece. */
export const gr = [grAfm, grAmka]
