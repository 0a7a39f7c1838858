import { compact, verdict } from '../check-digits/compact.ts'
import { rest } from '../check-digits/iso-7064.ts'
import { form } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

// Months beyond 12 stand for unknown birth dates.
const person = String.raw`[1-478]([ .-]?)\d{2}\1(?:0[1-9]|1[0-2]|[2-9]\d)`
const birthplace = String.raw`\1(?:\d{2}|2[AB])\1\d{3}\1\d{3}`

/** Social security number (INSEE): sex, birth, department, place, serial, and a key that fills modulus 97. */
export const frNir: PatternRecognizer = {
  entity: 'FR_NIR',
  label: 'NIR',
  aliases: ['NIR', 'FR_SSN', 'FR_INSEE', 'FR_SOCIAL_SECURITY'],
  forms: [
    form(String.raw`${person}${birthplace}[ ./-]?\d{2}`, 500),
    form(String.raw`[1-478] ?\d{4} ?\d[0-9AB] ?\d{3} ?\d{3} ?\d{2}`, 400),
    form(`${person}${birthplace}`, 150),
  ],
  longest: 21,
  check: (written) => {
    const value = compact(written)
    // Corsica's departments count as 19 and 18.
    const number = value.replace('2A', '19').replace('2B', '18')
    if (/\D/.test(number)) return false
    if (number.length !== 15) return undefined
    return verdict(97 - rest(number.slice(0, 13), 97) === Number(number.slice(13)), true)
  },
  cues: [
    'nir',
    'numéro de sécurité sociale',
    'sécurité sociale',
    'numéro sécu',
    'n° sécu',
    'sécu',
    'insee',
    'numéro insee',
    'carte vitale',
    'social security',
    'social security number',
  ],
  source:
    'Code de la sécurité sociale, R115-1; https://www.service-public.fr/particuliers/vosdroits/F33078',
}
