import { digitsOf, verdict } from '../check-digits/compact.ts'
import { hasDay } from '../check-digits/dates.ts'
import { mod11And2 } from '../check-digits/iso-7064.ts'
import { form } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** Resident identity number: place, birth date, serial, ISO 7064 MOD 11-2. */
const cnResidentId: PatternRecognizer = {
  entity: 'CN_RESIDENT_ID',
  label: 'CN_RESIDENT_ID',
  aliases: ['CN_ID_CARD', 'CN_RIC'],
  forms: [form(String.raw`[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])\d{5}[0-9X]`, 500)],
  longest: 18,
  check: (written) => {
    const isRight = mod11And2(digitsOf(written.slice(0, 17))) === written[17]?.toUpperCase()
    return verdict(isRight && hasDay(written, 10, 12), true)
  },
  cues: [
    '身份证',
    '身份证号',
    '身份证号码',
    '公民身份号码',
    'identity card',
    'id card',
    'resident id',
    'chinese id',
  ],
  source: 'GB 11643-1999',
}

/** China. */
export const cn = [cnResidentId]
