import { form, upperForm } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** Passport: two letters and six digits; since 2023 a letter, six digits, two letters. */
export const caPassport: PatternRecognizer = {
  entity: 'CA_PASSPORT',
  label: 'CA_PASSPORT',
  aliases: ['CANADIAN_PASSPORT'],
  forms: [
    form(String.raw`[A-Z]{2}\d{6}|[A-Z]\d{6}[A-Z]{2}`, 100),
    upperForm(String.raw`[A-Z]{2} \d{6}`, 100),
  ],
  longest: 9,
  cues: [
    'passport',
    'passport number',
    'passport no',
    'canadian passport',
    'passeport',
    'numéro de passeport',
  ],
  source:
    'https://www.canada.ca/en/immigration-refugees-citizenship/services/canadian-passports.html',
}

const first = '[ABCEGHJ-NPRSTVXY]'
const letter = '[ABCEGHJ-NPRSTV-Z]'

/** Postal code: letter, digit, letter, digit, letter, digit. In capitals with a space it is plain. */
export const caPostalCode: PatternRecognizer = {
  entity: 'CA_POSTAL_CODE',
  label: 'CA_POSTAL_CODE',
  aliases: ['CA_POSTCODE'],
  forms: [
    upperForm(String.raw`${first}\d${letter} \d${letter}\d`, 550),
    form(String.raw`${first}\d${letter}[ -]?\d${letter}\d`, 100),
  ],
  longest: 7,
  cues: [
    'postal code',
    'postcode',
    'zip',
    'zip code',
    'code postal',
    'address',
    'adresse',
    'canada',
    'ontario',
    'quebec',
    'québec',
    'alberta',
    'british columbia',
    'manitoba',
    'toronto',
    'vancouver',
    'montreal',
    'ottawa',
  ],
  source:
    'https://www.canadapost-postescanada.ca/cpc/en/support/articles/addressing-guidelines/postal-codes.page',
}

/** Health cards: Ontario (ten digits, version), Quebec (four letters, eight digits), the others nine or ten digits. */
export const caHealthCard: PatternRecognizer = {
  entity: 'CA_HEALTH_CARD',
  label: 'CA_HEALTH_CARD',
  aliases: ['CA_HEALTH_NUMBER', 'OHIP', 'RAMQ'],
  forms: [
    upperForm(String.raw`[A-Z]{4}[ -]?\d{4}[ -]?\d{4}`, 350),
    upperForm(String.raw`\d{4}([ -]?)\d{3}\1\d{3}(?:[ -]?[A-Z]{2})?`, 100),
    form(String.raw`\d{5}-?\d{4}|\d{3} \d{3} \d{3}`, 50),
  ],
  longest: 15,
  cues: [
    'health card',
    'health card number',
    'health number',
    'ohip',
    'ramq',
    'phn',
    'personal health number',
    'carte soleil',
    "carte d'assurance maladie",
    'assurance maladie',
    'hcn',
    'ahcip',
    'msp',
  ],
  source:
    'https://www.ontario.ca/document/health-care-professionals-ministry-health-programs/health-card-validation; https://www.ramq.gouv.qc.ca/',
}

/** Driver's licences of Ontario and Quebec, and the digits of the other provinces behind a word. */
export const caDriverLicense: PatternRecognizer = {
  entity: 'CA_DRIVER_LICENSE',
  label: 'CA_DRIVER_LICENSE',
  aliases: ['CA_DRIVING_LICENCE', 'CA_DRIVERS_LICENCE'],
  forms: [
    form(String.raw`[A-Z]\d{4}[ -]\d{5}[ -]\d{5}`, 500),
    form(String.raw`[A-Z]\d{4}[ -]?\d{6}[ -]?\d{2}|[A-Z]\d{14}`, 250),
    form(String.raw`\d{6}-?\d{3}|\d{7}`, 50),
  ],
  longest: 17,
  cues: [
    "driver's licence",
    "driver's license",
    'driver licence',
    'driver license',
    'drivers licence',
    'driving licence',
    'licence number',
    'license number',
    'permis de conduire',
    'numéro de permis',
  ],
  source: 'https://www.ontario.ca/page/drivers-licence; https://saaq.gouv.qc.ca/',
}
