import { digitsOf, verdict } from '../check-digits/compact.ts'
import { passesVerhoeff } from '../check-digits/verhoeff.ts'
import { form, upperForm } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** National identification number: eleven digits, Verhoeff digit. */
const ngNin: PatternRecognizer = {
  entity: 'NG_NIN',
  label: 'NIN',
  aliases: ['NIN'],
  forms: [form(String.raw`\d{11}|\d{4}([ -])\d{3}\1\d{4}`, 50)],
  longest: 13,
  check: (written) => verdict(passesVerhoeff(digitsOf(written)), false),
  cues: [
    'nin',
    'national identification number',
    'national identity number',
    'national identity',
    'nimc',
    'nigeria id',
    'nigerian identification',
    'nigerian id',
  ],
  source: 'https://nimc.gov.ng/',
}

/** Number plate: three letters, three digits, two letters. */
const ngVehicleRegistration: PatternRecognizer = {
  entity: 'NG_VEHICLE_REGISTRATION',
  label: 'NG_VEHICLE_REGISTRATION',
  aliases: ['NG_LICENSE_PLATE'],
  forms: [upperForm(String.raw`[A-Z]{3}[- ]?\d{3}[- ]?[A-Z]{2}`, 500)],
  longest: 10,
  cues: [
    'plate number',
    'number plate',
    'license plate',
    'licence plate',
    'plate',
    'vehicle registration',
    'vehicle',
    'registration',
    'car',
  ],
  source: 'https://frsc.gov.ng/',
}

/** Bank verification number behind a word for it. */
const ngBvn: PatternRecognizer = {
  entity: 'NG_BVN',
  label: 'BVN',
  aliases: ['BVN'],
  forms: [form(String.raw`\d{11}`, 50)],
  longest: 11,
  cues: ['bvn', 'bank verification number'],
  source: 'https://nibss-plc.com.ng/bvn/',
}

/** Nigeria. */
export const ng = [ngNin, ngVehicleRegistration, ngBvn]
