import { compact, digitsOf, verdict } from '../check-digits/compact.ts'
import { hasDay } from '../check-digits/dates.ts'
import { weightedSum } from '../check-digits/weighted-sum.ts'
import { form, upperForm } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** Central person number: birth date and four digits. Numbers since 2007 may fail modulus 11. */
const dkCpr: PatternRecognizer = {
  entity: 'DK_CPR',
  label: 'CPR',
  aliases: ['CPR', 'DK_CPR_NUMBER'],
  forms: [form(String.raw`\d{6}-\d{4}`, 400), form(String.raw`\d{6} ?\d{4}`, 100)],
  longest: 11,
  check: (written) => {
    const digits = digitsOf(written)
    if (!hasDay(compact(written), 2, 0)) return false
    const passes = weightedSum(digits, [4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0
    return (passes && written.includes('-')) || undefined
  },
  cues: [
    'cpr',
    'cpr-nummer',
    'cpr-nr',
    'personnummer',
    'cpr number',
    'personal identification number',
  ],
  source: 'https://cpr.dk/media/12066/personnummeret-i-cpr.pdf',
}

/** Number of a company: eight digits, modulus 11. */
const dkCvr: PatternRecognizer = {
  entity: 'DK_CVR',
  label: 'CVR',
  aliases: ['CVR', 'DK_VAT'],
  forms: [
    upperForm(String.raw`DK ?[1-9]\d{7}|DK ?[1-9]\d(?: \d{2}){3}`, 450),
    form(String.raw`[1-9]\d{7}|[1-9]\d(?: \d{2}){3}`, 50),
  ],
  longest: 14,
  check: (written) =>
    verdict(
      weightedSum(digitsOf(written), [2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0,
      written.startsWith('DK'),
    ),
  cues: ['cvr', 'cvr-nummer', 'cvr-nr', 'cvr nr', 'moms', 'vat'],
  source: 'https://datacvr.virk.dk/',
}

/** Denmark. */
export const dk = [dkCpr, dkCvr]
