import { compact, digitsOf, verdict } from '../check-digits/compact.ts'
import { weightedSum } from '../check-digits/weighted-sum.ts'
import { form, upperForm } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** Unique taxpayer reference: the first of ten digits checks the others, modulus 11. */
export const ukUtr: PatternRecognizer = {
  entity: 'UK_UTR',
  label: 'UTR',
  aliases: ['UTR', 'UNIQUE_TAXPAYER_REFERENCE'],
  forms: [
    form(String.raw`\d{5} ?\d{5}K?`, 100),
    form(String.raw`\d{3} \d{3} \d{4}|\d{4} \d{3} \d{3}`, 100),
  ],
  longest: 12,
  check: (written) => {
    const [check, ...others] = digitsOf(written)
    const sum = weightedSum(others, [6, 7, 8, 9, 10, 5, 4, 3, 2])
    return verdict('21987654321'[sum % 11] === String(check), false)
  },
  cues: [
    'utr',
    'unique taxpayer reference',
    'taxpayer reference',
    'tax reference',
    'self assessment',
  ],
  source: 'https://www.gov.uk/find-utr-number',
}

/** VAT registration number: `GB` and nine digits, weights 8 to 2, modulus 97 (since 2009 also with 55 added). */
export const ukVat: PatternRecognizer = {
  entity: 'UK_VAT_NUMBER',
  label: 'UK_VAT',
  aliases: ['GB_VAT', 'UK_VAT'],
  forms: [
    upperForm(String.raw`(?:GB|XI) ?\d{3} ?\d{4} ?\d{2}(?: ?\d{3})?`, 400),
    form(String.raw`\d{3} ?\d{4} ?\d{2}`, 50),
  ],
  longest: 18,
  check: (written) => {
    const digits = digitsOf(written)
    const sum = weightedSum(digits, [8, 7, 6, 5, 4, 3, 2, 10, 1]) % 97
    return verdict(sum === 0 || sum === 42, /^[A-Z]/.test(compact(written)))
  },
  cues: ['vat', 'vat number', 'vat no', 'vat registration', 'vat reg'],
  source: 'https://www.gov.uk/guidance/vat-eu-country-codes-vat-numbers-and-vat-in-other-languages',
}

/** Sort code of a bank branch. */
export const ukSortCode: PatternRecognizer = {
  entity: 'UK_SORT_CODE',
  label: 'SORT_CODE',
  aliases: ['SORT_CODE'],
  forms: [form(String.raw`\d{2}([- ])\d{2}\1\d{2}|\d{6}`, 50)],
  longest: 8,
  cues: ['sort code', 'sortcode', 'bank sort code'],
  source: 'https://www.vocalink.com/tools/modulus-checking/',
}

/** Bank account number: eight digits behind a word for it. */
export const ukBankAccount: PatternRecognizer = {
  entity: 'UK_BANK_ACCOUNT',
  label: 'UK_BANK_ACCOUNT',
  aliases: ['UK_BANK_NUMBER', 'UK_ACCOUNT_NUMBER'],
  forms: [form(String.raw`\d{8}|\d{4} \d{4}`, 50)],
  longest: 9,
  cues: [
    'account number',
    'account no',
    'acct',
    'bank account',
    'a/c no',
    'current account',
    'savings account',
  ],
  source: 'https://www.vocalink.com/tools/modulus-checking/',
}
