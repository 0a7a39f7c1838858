import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** US passport: nine digits, or a letter and eight digits. It has no check digit outside the machine-readable lines: only beside a cue. */
export const usPassport: PatternRecognizer = {
  entity: 'US_PASSPORT',
  label: 'US_PASSPORT',
  aliases: [],
  forms: [
    { pattern: /[A-Z][0-9]{8}(?![0-9A-Z])/iy, score: 100 },
    { pattern: /[0-9]{9}(?![0-9A-Z])/iy, score: 50 },
  ],
  longest: 9,
  cues: ['passport', 'passport number', 'passport no', 'passport card', 'travel document'],
  source: 'https://travel.state.gov/content/travel/en/passports.html',
}
