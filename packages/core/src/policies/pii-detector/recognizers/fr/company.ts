import { passesLuhn } from '../../luhn.ts'
import { compact, isGrouped, verdict } from '../check-digits/compact.ts'
import { rest } from '../check-digits/iso-7064.ts'
import { isOrdinaryNumber } from '../check-digits/ordinary-number.ts'
import { form, upperForm } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** Number of a company: nine digits, Luhn. Sums of money are written in the same groups, so a word must announce it. */
export const frSiren: PatternRecognizer = {
  entity: 'FR_SIREN',
  label: 'SIREN',
  aliases: ['SIREN'],
  forms: [form(String.raw`\d{3}([ .-]?)\d{3}\1\d{3}`, 100)],
  longest: 11,
  check: (written) => verdict(passesLuhn(compact(written)), false),
  cues: [
    'siren',
    'numéro siren',
    'rcs',
    'registre du commerce',
    'company number',
    'numéro d’entreprise',
    "numéro d'entreprise",
  ],
  source: 'Code de commerce, R123-221; https://www.insee.fr/fr/metadonnees/definition/c2047',
}

/** Number of an establishment: SIREN and five digits, both with a Luhn digit; La Poste counts in fives instead. */
export const frSiret: PatternRecognizer = {
  entity: 'FR_SIRET',
  label: 'SIRET',
  aliases: ['SIRET'],
  forms: [form(String.raw`\d{3}([ .-]?)\d{3}\1\d{3}[ .-]?\d{5}`, 200)],
  longest: 17,
  check: (written) => {
    const value = compact(written)
    const siren = value.slice(0, 9)
    const sum = Array.from(value, Number).reduce((total, digit) => total + digit, 0)
    const isRight = passesLuhn(value) || (siren === '356000000' && sum % 5 === 0)
    return verdict(isRight && passesLuhn(siren), isGrouped(written) || !isOrdinaryNumber(value))
  },
  cues: ['siret', 'numéro siret', 'établissement', 'n° siret'],
  source: 'Code de commerce, R123-221; https://www.insee.fr/fr/metadonnees/definition/c1841',
}

/** VAT number: `FR`, a key of two characters, the SIREN. A numeric key follows from the SIREN. */
export const frVat: PatternRecognizer = {
  entity: 'FR_VAT',
  label: 'FR_VAT',
  aliases: ['FR_TVA', 'FR_VAT_NUMBER'],
  forms: [upperForm(String.raw`FR ?[0-9A-HJ-NP-Z]{2} ?\d{3}([ .-]?)\d{3}\1\d{3}`, 500)],
  longest: 17,
  check: (written) => {
    const [key, siren] = [compact(written).slice(2, 4), compact(written).slice(4)]
    if (/\D/.test(key)) return passesLuhn(siren) ? undefined : false
    return verdict(Number(key) === (12 + 3 * rest(siren, 97)) % 97, true)
  },
  cues: ['tva', 'numéro de tva', 'tva intracommunautaire', 'vat', 'vat number'],
  source: 'Code général des impôts, 286 ter; https://ec.europa.eu/taxation_customs/vies/',
}
