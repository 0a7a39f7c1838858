import { passesLuhn } from '../../luhn.ts'
import { compact, verdict } from '../check-digits/compact.ts'
import { form } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** Identity number: eight digits, Luhn digit; leading zeros are often left out. */
const ilIdNumber: PatternRecognizer = {
  entity: 'IL_ID_NUMBER',
  label: 'IL_ID_NUMBER',
  aliases: ['IL_TEUDAT_ZEHUT', 'TEUDAT_ZEHUT'],
  forms: [form(String.raw`\d{8,9}|\d{7,8}-\d|\d{1}-\d{7}-\d`, 100)],
  longest: 11,
  check: (written) => verdict(passesLuhn(compact(written)), false),
  cues: [
    'תעודת זהות',
    'ת.ז.',
    'ת.ז',
    'מספר זהות',
    'teudat zehut',
    'israeli id',
    'identity number',
    'id number',
  ],
  source: 'https://www.gov.il/; https://he.wikipedia.org/wiki/מספר_זהות_(ישראל)',
}

/** Israel. */
export const il = [ilIdNumber]
