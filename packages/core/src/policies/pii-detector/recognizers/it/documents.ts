import { passesLuhn } from '../../luhn.ts'
import { compact, digitsOf, verdict } from '../check-digits/compact.ts'
import { form, upperForm } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** VAT number: seven digits, office (province 001 to 100, or a special one), Luhn digit. */
export const itVatCode: PatternRecognizer = {
  entity: 'IT_VAT_CODE',
  label: 'PARTITA_IVA',
  aliases: ['IT_VAT', 'PARTITA_IVA', 'IT_PARTITA_IVA'],
  forms: [
    upperForm(String.raw`IT[ -]?\d{11}`, 100),
    form(String.raw`(?:IT)?\d{11}`, 100),
    form(String.raw`(?:\d[ _]?){10}\d`, 100),
  ],
  longest: 21,
  check: (written) => {
    const digits = digitsOf(written).join('')
    const office = Number(digits.slice(7, 10))
    const isOffice = (office >= 1 && office <= 100) || [120, 121, 888, 999].includes(office)
    return verdict(passesLuhn(digits), isOffice || /^IT/i.test(written))
  },
  cues: ['partita iva', 'p.iva', 'p. iva', 'piva', 'p iva', 'iva', 'pi', 'vat', 'vat number'],
  source: 'DPR 633/1972, articolo 35; https://www.agenziaentrate.gov.it/',
}

/** Driving licence: two letters, seven digits, a letter; newer ones `U1` and eight signs. */
export const itDriverLicense: PatternRecognizer = {
  entity: 'IT_DRIVER_LICENSE',
  label: 'PATENTE',
  aliases: ['IT_PATENTE', 'IT_DRIVING_LICENCE'],
  forms: [form(String.raw`[A-Z]{2}\d{7}[A-Z]`, 350), form('U1[B-HJ-NP-Z0-9]{7}[A-Z]', 350)],
  longest: 10,
  cues: [
    'patente',
    'patente di guida',
    'numero patente',
    'licenza',
    'licenza di guida',
    'driving licence',
    'driver license',
    "driver's license",
    'driving license',
  ],
  source: 'https://www.consilium.europa.eu/prado/en/ITA/',
}

/** Passport: two letters, seven digits. */
export const itPassport: PatternRecognizer = {
  entity: 'IT_PASSPORT',
  label: 'PASSAPORTO',
  aliases: ['ITALIAN_PASSPORT'],
  forms: [form(String.raw`[A-Z]{2}\d{7}`, 50)],
  longest: 9,
  cues: [
    'passaporto',
    'numero di passaporto',
    'passport',
    'passport number',
    'italian passport',
    'dogana',
    'viaggiare',
    'viaggio',
  ],
  source: 'https://www.consilium.europa.eu/prado/en/ITA/',
}

/** Identity card: on paper `AA 1234567`, electronic `1234567AA`, since 2016 `CA12345AA`. */
export const itIdentityCard: PatternRecognizer = {
  entity: 'IT_IDENTITY_CARD',
  label: 'CARTA_IDENTITA',
  aliases: ['IT_CIE', 'IT_ID_CARD', 'CARTA_IDENTITA'],
  forms: [
    upperForm(String.raw`[A-Z]{2} ?\d{7}|\d{7} ?[A-Z]{2}`, 50),
    form(String.raw`[A-Z]{2}\d{7}|\d{7}[A-Z]{2}|[A-Z]{2}\d{5}[A-Z]{2}`, 50),
    upperForm(String.raw`[A-Z]{2} ?\d{5} ?[A-Z]{2}`, 100),
  ],
  longest: 11,
  check: (written) => (compact(written).length === 9 ? undefined : false),
  cues: [
    "carta d'identità",
    'carta d’identità',
    'carta di identità',
    'carta identità',
    'carta',
    'identità',
    'identità elettronica',
    'cie',
    'documento',
    'documento di riconoscimento',
    'identity card',
    'id card',
  ],
  source: 'Decreto ministeriale 23 dicembre 2015; https://www.cartaidentita.interno.gov.it/',
}
