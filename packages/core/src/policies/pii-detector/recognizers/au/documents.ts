import { form, upperForm } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** Passport: one or two letters, seven digits. */
export const auPassport: PatternRecognizer = {
  entity: 'AU_PASSPORT',
  label: 'AU_PASSPORT',
  aliases: ['AUSTRALIAN_PASSPORT'],
  forms: [form(String.raw`[A-Z]{1,2}\d{7}`, 100)],
  longest: 9,
  cues: ['passport', 'passport number', 'passport no', 'australian passport', 'travel document'],
  source: 'https://www.passports.gov.au/',
}

/** Driver licences of the states: up to ten digits, some with letters, behind a word. */
export const auDriverLicense: PatternRecognizer = {
  entity: 'AU_DRIVER_LICENSE',
  label: 'AU_DRIVER_LICENCE',
  aliases: ['AU_DRIVER_LICENCE', 'AU_DRIVERS_LICENCE'],
  forms: [upperForm(String.raw`\d{6,10}|[A-Z]{1,2}\d{5,6}|\d{4}[A-Z]{2}|\d{3} \d{3} \d{3}`, 50)],
  longest: 11,
  cues: [
    "driver's licence",
    "driver's license",
    'driver licence',
    'driver license',
    'drivers licence',
    'drivers license',
    'driving licence',
    'licence number',
    'license number',
    'licence no',
  ],
  source: 'https://www.service.nsw.gov.au/; Austroads, driver licence card numbers',
}

/** Branch of a bank (BSB). */
export const auBsb: PatternRecognizer = {
  entity: 'AU_BSB',
  label: 'BSB',
  aliases: ['BSB'],
  forms: [form(String.raw`\d{3}[ -]?\d{3}`, 50)],
  longest: 7,
  cues: ['bsb', 'bsb number', 'bank state branch'],
  source: 'https://bsb.auspaynet.com.au/',
}
