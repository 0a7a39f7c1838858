import { compact, digitsOf, verdict } from '../check-digits/compact.ts'
import { weightedSum } from '../check-digits/weighted-sum.ts'
import { form } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

const weights = [2, 7, 6, 5, 4, 3, 2]
/** What each first letter adds to the sum, and the check letters by the rest of eleven. */
const series: Readonly<Record<string, readonly [added: number, letters: string]>> = {
  S: [0, 'JZIHGFEDCBA'],
  T: [4, 'JZIHGFEDCBA'],
  F: [0, 'XWUTRQPNMLK'],
  G: [4, 'XWUTRQPNMLK'],
  M: [3, 'XWUTRQPNJLK'],
}

/** Number of citizens and residents (NRIC) and of foreigners (FIN): letter, seven digits, check letter. */
const sgNricFin: PatternRecognizer = {
  entity: 'SG_NRIC_FIN',
  label: 'NRIC',
  aliases: ['NRIC', 'SG_NRIC', 'SG_FIN'],
  forms: [form(String.raw`[STFGM]\d{7}[A-Z]`, 450)],
  longest: 9,
  // Masked or mistyped ones are taken behind a word.
  check: (written) => {
    const value = compact(written)
    const [added, letters] = series[value[0] ?? ''] ?? [0, '']
    return letters[(added + weightedSum(digitsOf(value), weights)) % 11] === value[8] || undefined
  },
  cues: ['nric', 'nric number', 'fin', 'fin number', 'identity card', 'ic number', 'singapore id'],
  source:
    'https://www.ica.gov.sg/; https://en.wikipedia.org/wiki/National_Registration_Identity_Card',
}

const kinds =
  '(?:LP|LL|FC|PF|RF|MQ|MM|NB|CC|CS|MB|FM|GS|DP|CP|NR|CM|CD|MD|HS|VH|CH|MH|CL|XL|CX|HC|RP|TU|TC|FB|FN|PA|PB|SS|MC|SM|GA|GB)'

/** Unique entity number: businesses, companies since 1900 and so on, other bodies; each with its own check letter. */
const sgUen: PatternRecognizer = {
  entity: 'SG_UEN',
  label: 'UEN',
  aliases: ['UEN'],
  forms: [
    form(String.raw`\d{8}[A-Z]|(?:19|20)\d{7}[A-Z]`, 300),
    form(String.raw`[TSR]\d{2}${kinds}\d{4}[A-Z]`, 400),
  ],
  longest: 10,
  check: (written) => verdict(hasUenLetter(compact(written)), true),
  cues: ['uen', 'unique entity number', 'business registration', 'acra', 'company number'],
  source: 'https://www.uen.gov.sg/; https://www.acra.gov.sg/',
}

function hasUenLetter(value: string): boolean {
  if (/^[TSR]/.test(value)) {
    const signs = 'ABCDEFGHJKLMNPQRSTUVWX0123456789'
    const places = Array.from(value.slice(0, 9), (sign) => signs.indexOf(sign))
    const sum = weightedSum(places, [4, 3, 5, 3, 10, 2, 2, 5, 7])
    return signs[(((sum - 5) % 11) + 11) % 11] === value[9]
  }
  const digits = digitsOf(value)
  if (digits.length === 8) {
    return 'XMKECAWLJDB'[weightedSum(digits, [10, 4, 9, 3, 8, 2, 7, 1]) % 11] === value[8]
  }
  return 'ZKCMDNERGWH'[weightedSum(digits, [10, 8, 6, 4, 9, 7, 5, 3, 1]) % 11] === value[9]
}

/** Singapore. */
export const sg = [sgNricFin, sgUen]
