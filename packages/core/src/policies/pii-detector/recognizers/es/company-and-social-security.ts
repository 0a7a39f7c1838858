import { compact, digitsOf, verdict } from '../check-digits/compact.ts'
import { rest } from '../check-digits/iso-7064.ts'
import { crossSum } from '../check-digits/weighted-sum.ts'
import { form } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** Tax number of companies (CIF): a letter for the legal form, seven digits, a check digit or letter. */
export const esCif: PatternRecognizer = {
  entity: 'ES_CIF',
  label: 'CIF',
  aliases: ['CIF'],
  forms: [
    form(String.raw`[A-HJNP-SUVW]-?\d{7}[ -]?[0-9A-J]|[A-HJNP-SUVW]-?\d{2}\.\d{3}\.\d{3}`, 300),
  ],
  longest: 12,
  check: (written) => {
    const value = compact(written)
    const check = (10 - (crossSum(digitsOf(value.slice(1, 8)), [2, 1, 2, 1, 2, 1, 2]) % 10)) % 10
    const end = value.at(-1) ?? ''
    // Public bodies and foreign companies have a letter, the usual companies a digit.
    if (/^[NPQRSW]/.test(value)) return end === 'JABCDEFGHI'[check]
    if (/^[ABEH]/.test(value)) return end === String(check)
    return end === String(check) || end === 'JABCDEFGHI'[check]
  },
  cues: ['cif', 'nif', 'código de identificación fiscal', 'empresa', 'vat', 'vat number', 'tax id'],
  source: 'Orden EHA/451/2008; https://sede.agenciatributaria.gob.es/',
}

/** Social security number: province, serial, and both modulus 97. */
export const esNss: PatternRecognizer = {
  entity: 'ES_NSS',
  label: 'NSS',
  aliases: ['NSS', 'NUSS', 'ES_SOCIAL_SECURITY'],
  forms: [
    form(String.raw`(?:0[1-9]|[1-4]\d|5[0-3]|66)([ /-])\d{7,8}\1\d{2}`, 400),
    form(String.raw`(?:0[1-9]|[1-4]\d|5[0-3]|66)\d{10}`, 100),
  ],
  longest: 14,
  check: (written) => {
    const value = compact(written)
    const serial = value.slice(2, -2).padStart(8, '0')
    // A leading zero of the serial is left out of the number that is divided.
    const number = serial.startsWith('0')
      ? value.slice(0, 2) + serial.slice(1)
      : value.slice(0, 2) + serial
    return verdict(rest(number, 97) === Number(value.slice(-2)), true)
  },
  cues: [
    'seguridad social',
    'número de la seguridad social',
    'número de seguridad social',
    'nss',
    'nuss',
    'afiliación',
    'número de afiliación',
    'social security',
    'social security number',
  ],
  source: 'https://www.seg-social.es/; Real Decreto 84/1996',
}
