import { digitsOf, verdict } from '../check-digits/compact.ts'
import { weightedSum } from '../check-digits/weighted-sum.ts'
import { form } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

// Letters of the places in the order of their numbers, from 10 on.
const places = 'ABCDEFGHJKLMNPQRSTUVXYWZIO'

/** National identification number, and the alike one of residents: letter of the place, 1 or 2 (8 or 9), eight digits. */
const twNationalId: PatternRecognizer = {
  entity: 'TW_NATIONAL_ID',
  label: 'TW_NATIONAL_ID',
  aliases: ['TW_ID', 'TW_ARC'],
  forms: [form(String.raw`[A-Z][1289]\d{8}`, 400)],
  longest: 10,
  check: (written) => {
    const place = places.indexOf(written[0]?.toUpperCase() ?? '') + 10
    const digits = [Math.floor(place / 10), place % 10, ...digitsOf(written)]
    return verdict(weightedSum(digits, [1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1]) % 10 === 0, true)
  },
  cues: [
    '身分證',
    '身分證字號',
    '身份證字號',
    '國民身分證',
    '統一編號',
    '居留證',
    'national id',
    'taiwan id',
    'id number',
  ],
  source:
    'https://www.ris.gov.tw/; https://en.wikipedia.org/wiki/National_identification_card_(Taiwan)',
}

/** Taiwan. */
export const tw = [twNationalId]
