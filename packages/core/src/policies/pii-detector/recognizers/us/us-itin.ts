import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** US individual taxpayer identification number: like a social security number, from 900 on, with groups 50-65, 70-88, 90-92, 94-99. */
export const usItin: PatternRecognizer = {
  entity: 'US_ITIN',
  label: 'ITIN',
  aliases: ['ITIN', 'TAXPAYER_IDENTIFICATION_NUMBER'],
  forms: [
    {
      pattern: /9\d{2}([- ])(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])\1\d{4}(?!\d)/y,
      score: 500,
    },
    { pattern: /9\d{2}(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])\d{4}(?!\d)/y, score: 200 },
  ],
  longest: 11,
  cues: ['itin', 'individual taxpayer', 'taxpayer id', 'taxpayer identification', 'tax id'],
  source: 'https://www.irs.gov/pub/irs-pdf/p1915.pdf',
}
