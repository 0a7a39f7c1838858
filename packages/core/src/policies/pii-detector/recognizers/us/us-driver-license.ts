import type { PatternRecognizer } from '../pattern-recognizer.ts'

// What the states print, as the AAMVA lists it: letters first, letters within or last, hyphens, digits only.
const withLetters = [
  '[A-Z][0-9]{3,14}',
  '[A-Z][0-9]{18}',
  '[A-Z]{2}[0-9]{3,7}[A-Z]?',
  '[A-Z][0-9]{6}R',
  '[0-9]{2}[A-Z]{3}[0-9]{5,6}',
  '[0-9]{3}[A-Z]{2}[0-9]{4}',
  '[0-9]{7,9}[A-Z]{1,2}',
  '[A-Z][0-9][A-Z][0-9][A-Z]',
  '[A-Z][0-9]{3}[- ][0-9]{3}[- ][0-9]{2}[- ][0-9]{3}[- ][0-9]',
  '[A-Z][0-9]{3}[- ][0-9]{4}[- ][0-9]{4}(?:[- ][0-9]{2,4})?',
  '[A-Z][0-9]{2}[- ][0-9]{2}[- ][0-9]{4}',
  '[A-Z]{1,5}[A-Z*]{0,4}[0-9][A-Z0-9*]{4,7}',
].join('|')
const digitsOnly =
  '[0-9]{6,14}|[0-9]{16}|[0-9]{3}[- ][0-9]{3}[- ][0-9]{3}|[0-9]{2}[- ][0-9]{3}[- ][0-9]{4}'

/** US driver's licences in the forms of the states. None has a public check digit: only beside a cue. */
export const usDriverLicense: PatternRecognizer = {
  entity: 'US_DRIVER_LICENSE',
  label: 'DRIVER_LICENSE',
  aliases: [],
  forms: [
    { pattern: new RegExp(`(?:${withLetters})(?![0-9A-Z*])`, 'iy'), score: 200 },
    { pattern: new RegExp(`(?:${digitsOnly})(?![0-9A-Z])`, 'iy'), score: 50 },
  ],
  longest: 22,
  cues: [
    "driver's license",
    'driver license',
    'drivers license',
    'driver licence',
    "driver's licence",
    'driving license',
    'driving licence',
    'driver id',
    'dl',
    'dl number',
    'dln',
    'cdls',
    'license number',
    'licence number',
    'lic',
    'permit',
  ],
  source: 'https://www.aamva.org/jurisdiction-data',
}
