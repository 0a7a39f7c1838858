import type { PatternRecognizer } from '../pattern-recognizer.ts'

// Prefixes that the IRS has given out.
const prefix = '(?:0[1-6]|1[0-6]|2[0-7]|3[0-9]|4[0-8]|5[0-9]|6[0-8]|7[1-7]|8[0-8]|9[0-589])'

/** US employer identification number: `NN-NNNNNNN`. It has no check digit: only beside a cue. */
export const usEin: PatternRecognizer = {
  entity: 'US_EIN',
  label: 'EIN',
  aliases: ['EIN', 'EMPLOYER_IDENTIFICATION_NUMBER', 'FEIN'],
  forms: [
    { pattern: new RegExp(`${prefix}-[0-9]{7}(?![0-9A-Z])`, 'iy'), score: 400 },
    { pattern: new RegExp(`${prefix}[0-9]{7}(?![0-9A-Z])`, 'iy'), score: 50 },
  ],
  longest: 10,
  cues: [
    'ein',
    'fein',
    'employer identification',
    'employer id',
    'tax id',
    'federal tax',
    'tax identification',
    'taxpayer id',
    'tin',
  ],
  source:
    'https://www.irs.gov/businesses/small-businesses-self-employed/how-eins-are-assigned-and-valid-ein-prefixes',
}
