import { form, upperForm } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** Passport: a letter for its kind, eight digits. */
export const zaPassport: PatternRecognizer = {
  entity: 'ZA_PASSPORT',
  label: 'ZA_PASSPORT',
  aliases: ['RSA_PASSPORT'],
  forms: [form(String.raw`[ADMT]\d{8}`, 200)],
  longest: 9,
  cues: [
    'passport',
    'passport number',
    'travel document',
    'dha',
    'south african passport',
    'rsa passport',
    'paspoort',
  ],
  source: 'https://www.dha.gov.za/',
}

/** Driving licence behind a word for it. */
export const zaDriverLicense: PatternRecognizer = {
  entity: 'ZA_DRIVER_LICENSE',
  label: 'ZA_DRIVER_LICENCE',
  aliases: ['ZA_DRIVING_LICENCE'],
  forms: [upperForm(String.raw`\d{6,10}[0-9A-Z]{1,4}[A-Z]`, 200)],
  longest: 15,
  cues: [
    'licence',
    'license',
    'driving licence',
    'driving license',
    "driver's licence",
    "driver's license",
    'drivers licence',
    'drivers license',
    'licence number',
    'license number',
    'natis',
    'enatis',
    'rybewys',
  ],
  source: 'https://www.natis.gov.za/',
}

const province = '(?:GP|ZN|WP|EC|NC|FS|LP|MP|NW)'

/** Number plates of the provinces. */
export const zaLicensePlate: PatternRecognizer = {
  entity: 'ZA_LICENSE_PLATE',
  label: 'ZA_LICENSE_PLATE',
  aliases: ['ZA_VEHICLE_REGISTRATION'],
  forms: [
    upperForm(String.raw`[A-Z]{2} ?\d{2} ?[A-Z]{2} ?${province}|[A-Z]{3} ?\d{3} ?${province}`, 400),
    upperForm(String.raw`[A-Z]{2,4} ?\d{2,4} ?[A-Z]{0,4} ?${province}|CA ?\d{3}[ -]?\d{3}`, 300),
  ],
  longest: 17,
  cues: [
    'licence plate',
    'license plate',
    'number plate',
    'plate number',
    'plate',
    'registration',
    'vehicle registration',
    'vehicle',
    'natis',
    'enatis',
    'nommerplaat',
  ],
  source: 'National Road Traffic Regulations 2000, regulation 27',
}
