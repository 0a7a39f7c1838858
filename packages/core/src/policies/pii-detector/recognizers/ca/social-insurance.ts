import { passesLuhn } from '../../luhn.ts'
import { compact, isGrouped, verdict } from '../check-digits/compact.ts'
import { form, upperForm } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** Social insurance number: nine digits, Luhn; 8 begins none, 0 only made-up ones. */
export const caSin: PatternRecognizer = {
  entity: 'CA_SIN',
  label: 'SIN',
  aliases: ['SIN', 'SOCIAL_INSURANCE_NUMBER'],
  forms: [
    form(String.raw`(?<!\d )[0-79]\d{2}([- ])\d{3}\1\d{3}(?! \d)`, 400),
    form(String.raw`[0-79]\d{8}`, 50),
  ],
  longest: 11,
  check: (written) =>
    verdict(passesLuhn(compact(written)), isGrouped(written) && !written.startsWith('0')),
  cues: [
    'sin',
    'sin number',
    'social insurance',
    'social insurance number',
    'nas',
    'numéro nas',
    "numéro d'assurance sociale",
    'assurance sociale',
    'canadian sin',
  ],
  source: 'https://www.canada.ca/en/employment-social-development/services/sin.html',
}

/** Business number with its account: nine digits (Luhn), program, four digits. */
export const caBusinessNumber: PatternRecognizer = {
  entity: 'CA_BUSINESS_NUMBER',
  label: 'CA_BUSINESS_NUMBER',
  aliases: ['CA_BN'],
  forms: [
    upperForm(String.raw`\d{9} ?R[CPTRMZ] ?\d{4}|\d{5} \d{4} R[CPTRMZ] ?\d{4}`, 700),
    form(String.raw`\d{9}`, 50),
  ],
  longest: 18,
  check: (written) =>
    verdict(passesLuhn(compact(written).slice(0, 9)), compact(written).length > 9),
  cues: ['business number', 'bn', "numéro d'entreprise", 'gst', 'hst', 'tps'],
  source:
    'https://www.canada.ca/en/revenue-agency/services/tax/businesses/topics/registering-your-business/business-number-program-account.html',
}
