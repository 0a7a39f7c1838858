import { verdict } from '../check-digits/compact.ts'
import { hasDay } from '../check-digits/dates.ts'
import { form } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** Finland's personal identity code: birth date, sign of the century, serial, check sign. */
const fiPersonalIdentityCode: PatternRecognizer = {
  entity: 'FI_PERSONAL_IDENTITY_CODE',
  label: 'HETU',
  aliases: ['FI_HETU', 'HETU'],
  forms: [form(String.raw`\d{6}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y]`, 500)],
  longest: 11,
  check: (written) => {
    const value = written.toUpperCase()
    const number = Number(value.slice(0, 6) + value.slice(7, 10))
    const sign = '0123456789ABCDEFHJKLMNPRSTUVWXY'[number % 31]
    return verdict(hasDay(value, 2, 0) && sign === value[10], true)
  },
  cues: [
    'hetu',
    'henkilötunnus',
    'henkilötunnukseni',
    'personbeteckning',
    'personal identity code',
    'personal identity number',
  ],
  source: 'https://dvv.fi/en/personal-identity-code',
}

/** Finland. */
export const fi = [fiPersonalIdentityCode]
