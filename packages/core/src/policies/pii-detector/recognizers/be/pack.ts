import { compact, digitsOf, isGrouped, verdict } from '../check-digits/compact.ts'
import { rest } from '../check-digits/iso-7064.ts'
import { form, upperForm } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** National register number: birth date, serial, and what fills modulus 97 (with a 2 before it for births since 2000). */
const beNationalNumber: PatternRecognizer = {
  entity: 'BE_NATIONAL_NUMBER',
  label: 'BE_NATIONAL_NUMBER',
  aliases: ['BE_NRN', 'BE_INSZ', 'BE_NISS', 'RIJKSREGISTERNUMMER'],
  forms: [
    form(String.raw`\d{2}[.-]\d{2}[.-]\d{2}[ .-]\d{3}[ .-]\d{2}|\d{6}[ -]\d{3}[ .-]\d{2}`, 400),
    form(String.raw`\d{11}`, 100),
  ],
  longest: 15,
  check: (written) => {
    const value = compact(written)
    const [number, key] = [value.slice(0, 9), Number(value.slice(9))]
    // People without a full birth date, and those registered for social security only, have other months.
    const month = Number(value.slice(2, 4)) % 20
    const isBirth = month <= 12 && Number(value.slice(4, 6)) <= 31
    const isRight = 97 - rest(number, 97) === key || 97 - rest(`2${number}`, 97) === key
    return verdict(isBirth && isRight, true)
  },
  cues: [
    'rijksregisternummer',
    'rijksregister',
    'insz',
    'numéro national',
    'numéro de registre national',
    'niss',
    'registre national',
    'national number',
    'national register number',
    'nationalregisternummer',
  ],
  source:
    'https://www.ibz.rrn.fgov.be/fileadmin/user_upload/nl/rr/instructies/IT-lijst/IT000_Rijksregisternummer.pdf',
}

/** Number of an enterprise, which is its VAT number too: ten digits, modulus 97. */
const beEnterpriseNumber: PatternRecognizer = {
  entity: 'BE_ENTERPRISE_NUMBER',
  label: 'BE_ENTERPRISE_NUMBER',
  aliases: ['BE_VAT', 'BE_KBO', 'BE_BCE'],
  forms: [
    upperForm(String.raw`BE ?[01]?\d{3}([ .]?)\d{3}\1\d{3}`, 400),
    form(String.raw`[01]\d{3}([ .]?)\d{3}\1\d{3}`, 100),
  ],
  longest: 15,
  check: (written) => {
    const value = digitsOf(written).join('').padStart(10, '0')
    const isRight = 97 - rest(value.slice(0, 8), 97) === Number(value.slice(8))
    return verdict(isRight, isGrouped(written) || /^BE/i.test(written))
  },
  cues: [
    'ondernemingsnummer',
    'kbo',
    'bce',
    "numéro d'entreprise",
    'btw',
    'tva',
    'vat',
    'enterprise number',
  ],
  source: 'https://economie.fgov.be/en/themes/enterprises/crossroads-bank-enterprises',
}

/** Belgium. */
export const be = [beNationalNumber, beEnterpriseNumber]
