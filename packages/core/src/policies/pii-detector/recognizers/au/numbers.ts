import { compact, digitsOf, isGrouped, verdict } from '../check-digits/compact.ts'
import { isOrdinaryNumber } from '../check-digits/ordinary-number.ts'
import { isRepeated, weightedSum } from '../check-digits/weighted-sum.ts'
import { form } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** Business number: eleven digits, modulus 89 after one is taken from the first. */
export const auAbn: PatternRecognizer = {
  entity: 'AU_ABN',
  label: 'ABN',
  aliases: ['ABN'],
  forms: [form(String.raw`\d{2}([ -])\d{3}\1\d{3}\1\d{3}`, 200), form(String.raw`\d{11}`, 100)],
  longest: 14,
  check: (written) => {
    const digits = digitsOf(written)
    const sum = weightedSum(digits, [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10
    return verdict(sum % 89 === 0, true)
  },
  cues: ['abn', 'australian business number', 'business number'],
  source: 'https://abr.business.gov.au/Help/AbnFormat',
}

/** Company number, not a part of a longer row of groups: nine digits, weights 8 to 1, modulus 10. */
export const auAcn: PatternRecognizer = {
  entity: 'AU_ACN',
  label: 'ACN',
  aliases: ['ACN'],
  forms: [
    form(String.raw`(?<!\d )\d{3}([ -])\d{3}\1\d{3}(?! \d)`, 200),
    form(String.raw`\d{9}`, 50),
  ],
  longest: 11,
  check: (written) => {
    const digits = digitsOf(written)
    const check = (10 - (weightedSum(digits, [8, 7, 6, 5, 4, 3, 2, 1]) % 10)) % 10
    return verdict(check === digits[8] && !isRepeated(digits), isGrouped(written))
  },
  cues: ['acn', 'australian company number', 'company number'],
  source:
    'https://asic.gov.au/for-business/registering-a-company/steps-to-register-a-company/australian-company-numbers/australian-company-number-digit-check/',
}

/** Tax file number, not a part of a longer row of groups: nine digits, modulus 11. */
export const auTfn: PatternRecognizer = {
  entity: 'AU_TFN',
  label: 'TFN',
  aliases: ['TFN', 'TAX_FILE_NUMBER'],
  forms: [
    form(String.raw`(?<!\d )\d{3}([ -])\d{3}\1\d{3}(?! \d)`, 200),
    form(String.raw`\d{9}`, 50),
  ],
  longest: 11,
  check: (written) => {
    const digits = digitsOf(written)
    const isRight = weightedSum(digits, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0
    return verdict(isRight && !isRepeated(digits), isGrouped(written))
  },
  cues: ['tfn', 'tax file number', 'tax file no', 'tax number'],
  source: 'https://www.ato.gov.au/; https://clearwater.com.au/code/tfn',
}

/** Medicare card: eight digits, check digit, issue, and perhaps the place of the person on the card. */
export const auMedicare: PatternRecognizer = {
  entity: 'AU_MEDICARE',
  label: 'AU_MEDICARE',
  aliases: ['AU_MEDICARE_NUMBER'],
  forms: [
    form(String.raw`[2-6]\d{3}([ -])\d{5}\1\d(?:[ /-]?\d)?`, 200),
    form(String.raw`[2-6]\d{9}\d?`, 100),
  ],
  longest: 14,
  check: (written) => {
    const digits = digitsOf(written)
    const isRight = weightedSum(digits, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 === digits[8]
    return verdict(
      isRight,
      isGrouped(written) || (digits.length === 10 && !isOrdinaryNumber(compact(written))),
    )
  },
  cues: ['medicare', 'medicare number', 'medicare card', 'medicare no'],
  source: 'https://meteor.aihw.gov.au/content/270101',
}
