import { form, upperForm } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

const prefix = '(?!BG|GB|NK|KN|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]'
const pairs = String.raw`\d{2}([- ]?)\d{2}\1\d{2}`

/** National insurance number: two letters, six digits, one letter from A to D. It has no check digit. */
export const ukNino: PatternRecognizer = {
  entity: 'UK_NINO',
  label: 'NINO',
  aliases: ['NINO', 'NATIONAL_INSURANCE_NUMBER', 'UK_NATIONAL_INSURANCE_NUMBER'],
  forms: [
    upperForm(`${prefix}[- ]?${pairs}[- ]?[A-D]`, 850),
    // In small letters without a blank behind the first two: `is 12 34` is prose.
    form(`${prefix}-?${pairs}[- ]?[A-D]`, 550),
    upperForm(`${prefix}[- ]?${pairs}`, 100),
  ],
  longest: 13,
  cues: [
    'national insurance',
    'national insurance number',
    'ni number',
    'ni no',
    'nino',
    'insurance number',
  ],
  source: 'https://www.gov.uk/hmrc-internal-manuals/national-insurance-manual/nim39110',
}
