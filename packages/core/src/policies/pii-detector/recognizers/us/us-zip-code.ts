import type { PatternRecognizer } from '../pattern-recognizer.ts'

const state =
  'A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]'

/** US ZIP code, with the four digits behind it or without: behind the abbreviation of a state, or beside a cue. */
export const usZipCode: PatternRecognizer = {
  entity: 'ZIP_CODE',
  label: 'ZIP_CODE',
  aliases: ['US_ZIP_CODE', 'ZIP', 'POSTAL_CODE'],
  forms: [
    {
      pattern: new RegExp(
        `(?<=(?:^|[^A-Z])(?:${state}),? )[0-9]{5}(?:-[0-9]{4})?(?![0-9A-Za-z])`,
        'y',
      ),
      score: 550,
    },
    { pattern: /[0-9]{5}-[0-9]{4}(?![0-9A-Z])/iy, score: 300 },
    { pattern: /[0-9]{5}(?![0-9A-Z])/iy, score: 50 },
  ],
  longest: 10,
  cues: ['zip', 'zip code', 'zipcode', 'postal code', 'postcode'],
  source: 'USPS Publication 28',
}
