import { form, upperForm } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** British passport: nine digits; since 2023 sometimes two letters and seven digits. */
export const ukPassport: PatternRecognizer = {
  entity: 'UK_PASSPORT',
  label: 'UK_PASSPORT',
  aliases: ['GB_PASSPORT', 'BRITISH_PASSPORT'],
  forms: [upperForm(String.raw`[A-Z]{2}\d{7}`, 100), form(String.raw`\d{9}`, 50)],
  longest: 9,
  cues: [
    'passport',
    'passport number',
    'passport no',
    'uk passport',
    'british passport',
    'travel document',
    'hmpo',
    'hm passport',
    'his majesty',
    'her majesty',
  ],
  source: 'https://www.gov.uk/government/publications/basic-passport-checks',
}

const surname = '(?:[A-Z]{5}|[A-Z]{4}9|[A-Z]{3}99|[A-Z]{2}999|[A-Z]9999)'
const birth = String.raw`\d(?:0[1-9]|1[0-2]|5[1-9]|6[0-2])(?:0[1-9]|[12]\d|3[01])\d`

/** Driver number of DVLA: surname, birth date with 50 added to a woman's month, initials, check characters that are not published. */
export const ukDrivingLicence: PatternRecognizer = {
  entity: 'UK_DRIVING_LICENCE',
  label: 'UK_DRIVING_LICENCE',
  aliases: ['GB_DRIVING_LICENCE', 'UK_DRIVER_LICENSE', 'UK_DRIVERS_LICENCE'],
  forms: [
    upperForm(`${surname} ?${birth} ?[A-Z9]{2}[A-Z0-9][A-Z]{2}`, 700),
    form(`${surname}${birth}[A-Z9]{2}[A-Z0-9][A-Z]{2}`, 700),
  ],
  longest: 18,
  cues: [
    'driving licence',
    'driving license',
    'driver licence',
    'driver license',
    "driver's licence",
    "driver's license",
    'licence number',
    'license number',
    'dvla',
    'driver number',
  ],
  source: 'https://www.gov.uk/government/publications/inf45d-changes-to-your-photocard-licence',
}

const cues = [
  'registration',
  'registration number',
  'reg',
  'vrn',
  'vrm',
  'number plate',
  'licence plate',
  'license plate',
  'vehicle',
  'car',
  'van',
  'v5c',
  'logbook',
  'dvla',
  'mot',
  'insured vehicle',
]

/** Registration marks: since 2001, and those with a year letter before or behind. */
export const ukVehicleRegistration: PatternRecognizer = {
  entity: 'UK_VEHICLE_REGISTRATION',
  label: 'UK_VEHICLE_REGISTRATION',
  aliases: ['UK_LICENSE_PLATE', 'UK_NUMBER_PLATE', 'GB_VEHICLE_REGISTRATION'],
  forms: [
    upperForm('[A-HJ-PR-Y]{2}(?:0[1-9]|[1-7][0-9])[- ]?[A-HJ-PR-Z]{3}', 400),
    upperForm(String.raw`[A-HJ-NPR-TV-Y]\d{1,3}[- ]?[A-HJ-PR-Y][A-HJ-PR-Z]{2}`, 200),
    upperForm(String.raw`[A-HJ-PR-Z]{3}[- ]?\d{1,3}[- ]?[A-HJ-NPR-TV-Y]`, 150),
    form('[A-HJ-PR-Y]{2}(?:0[1-9]|[1-7][0-9])[- ]?[A-HJ-PR-Z]{3}', 100),
  ],
  longest: 9,
  cues,
  source:
    'https://www.gov.uk/government/publications/vehicle-registration-numbers-and-number-plates',
}
