import type { PatternRecognizer } from '../pattern-recognizer.ts'

// Letters of a Medicare number: all but those that look like digits.
const letter = '[AC-HJKMNP-RT-Y]'
const both = '[AC-HJKMNP-RT-Y0-9]'
const first = String.raw`[1-9]${letter}${both}\d`
const second = String.raw`${letter}${both}\d`
const third = String.raw`${letter}{2}\d{2}`

/** US Medicare beneficiary identifier: eleven places, each of letters or digits as the standard says. */
export const usMbi: PatternRecognizer = {
  entity: 'US_MBI',
  label: 'MBI',
  aliases: ['MBI', 'MEDICARE_BENEFICIARY_IDENTIFIER', 'MEDICARE_NUMBER'],
  forms: [
    { pattern: new RegExp(`${first}-${second}-${third}(?![\\p{L}\\p{N}])`, 'iuy'), score: 850 },
    { pattern: new RegExp(`${first} ${second} ${third}(?![\\p{L}\\p{N}])`, 'iuy'), score: 700 },
    { pattern: new RegExp(`${first}${second}${third}(?![\\p{L}\\p{N}])`, 'iuy'), score: 500 },
  ],
  longest: 13,
  cues: ['mbi', 'medicare', 'medicaid', 'beneficiary', 'cms', 'hic', 'hicn'],
  source: 'https://www.cms.gov/medicare/new-medicare-card/understanding-the-mbi-with-format.pdf',
}
