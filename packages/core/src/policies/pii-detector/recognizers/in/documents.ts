import { form, upperForm } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

// Three letters that number bills, orders and tickets.
const noPrefix =
  '(?!INV|ORD|REQ|INC|CHG|TKT|REF|PRB|CAS|SKU|DOC|RMA|PNR|ACC|BUG|CVE|ISO|RFC|SCT|BAT|LOT|PRJ|DBT|TRN|TXN)'

/** Voter's card (EPIC): three letters of the district, seven digits. */
export const inVoter: PatternRecognizer = {
  entity: 'IN_VOTER',
  label: 'VOTER_ID',
  aliases: ['IN_VOTER_ID', 'IN_EPIC'],
  forms: [
    upperForm(String.raw`${noPrefix}[A-Z][ABCDGHJKMNPRSY][A-Z]\d{7}`, 500),
    form(String.raw`[A-Z]{3}\d{7}`, 300),
  ],
  longest: 10,
  cues: [
    'voter',
    'voter id',
    'voter card',
    'epic',
    'epic number',
    'elector photo identity card',
    'election card',
    'electoral',
  ],
  source: 'https://www.eci.gov.in/; https://en.wikipedia.org/wiki/Voter_ID_(India)',
}

/** Passport: a letter, seven digits of which neither the first nor the last is 0. */
export const inPassport: PatternRecognizer = {
  entity: 'IN_PASSPORT',
  label: 'IN_PASSPORT',
  aliases: ['INDIAN_PASSPORT'],
  forms: [form(String.raw`[A-PR-WY][1-9]\d ?\d{4}[1-9]`, 100)],
  longest: 9,
  cues: ['passport', 'passport number', 'passport no', 'indian passport', 'पासपोर्ट'],
  source: 'https://www.passportindia.gov.in/; https://www.consilium.europa.eu/prado/en/IND/',
}

const state =
  '(?:A[NPRS]|BR|C[GH]|D[DLN]|G[AJ]|H[PR]|J[HK]|K[AL]|L[AD]|M[HLNPZ]|NL|O[DR]|P[BY]|RJ|SK|T[GNRS]|U[AKP]|WB)'

/** Registration plates of the states, of the whole of India (`BH`), of the forces and of missions. */
export const inVehicleRegistration: PatternRecognizer = {
  entity: 'IN_VEHICLE_REGISTRATION',
  label: 'IN_VEHICLE_REGISTRATION',
  aliases: ['IN_LICENSE_PLATE', 'IN_NUMBER_PLATE'],
  forms: [
    upperForm(
      String.raw`${state}[ -]?\d{1,2}[ -]?(?:[A-Z]{1,3}|[A-Z][ -][A-Z]{1,2})[ -]?(?!0000)\d{4}`,
      600,
    ),
    upperForm(String.raw`[2-9]\d[ -]?BH[ -]?(?!0000)\d{4}[ -]?[A-HJ-NP-Z]{1,2}`, 850),
    upperForm(String.raw`\d{2}[ABCDEFHKPRX] ?\d{6}[A-Z]`, 550),
    upperForm(String.raw`\d{1,3} ?(?:CD|CC|UN) ?[1-9]\d{1,3}`, 400),
    upperForm(String.raw`[A-Z]{2}[ -]?\d{1,2}[ -]?[A-Z]{1,3}[ -]?\d{4}`, 200),
    upperForm(String.raw`[A-Z]{2,3} ?(?!0000)\d{4}`, 50),
  ],
  longest: 15,
  cues: [
    'vehicle',
    'vehicle number',
    'registration',
    'registration number',
    'plate',
    'number plate',
    'license plate',
    'rto',
    'car',
    'bike',
    'rc',
  ],
  source: 'Central Motor Vehicles Rules 1989, rules 50 and 51; https://parivahan.gov.in/',
}

/** Driving licence: state, office, year, seven digits. */
export const inDrivingLicence: PatternRecognizer = {
  entity: 'IN_DRIVING_LICENCE',
  label: 'IN_DRIVING_LICENCE',
  aliases: ['IN_DRIVER_LICENSE'],
  forms: [upperForm(String.raw`${state}[ -]?\d{2}[ -]?(?:19|20)\d{2}[ -]?\d{7}`, 700)],
  longest: 18,
  cues: [
    'driving licence',
    'driving license',
    'driver license',
    "driver's license",
    'dl',
    'dl number',
    'licence number',
  ],
  source: 'https://parivahan.gov.in/; Central Motor Vehicles Rules 1989, form 7',
}
