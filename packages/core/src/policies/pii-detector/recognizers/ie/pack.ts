import { compact, digitsOf, verdict } from '../check-digits/compact.ts'
import { weightedSum } from '../check-digits/weighted-sum.ts'
import { form, upperForm } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** Personal public service number: seven digits, check letter of modulus 23, since 2013 a second letter. */
const iePps: PatternRecognizer = {
  entity: 'IE_PPS',
  label: 'PPSN',
  aliases: ['IE_PPSN', 'PPSN', 'PPS'],
  forms: [form(String.raw`\d{7}[- ]?[A-W][A-IW]?`, 400)],
  longest: 10,
  check: (written) => {
    const value = compact(written)
    const second = value[8] === undefined || value[8] === 'W' ? 0 : value.charCodeAt(8) - 64
    const sum = weightedSum(digitsOf(value), [8, 7, 6, 5, 4, 3, 2]) + 9 * second
    return verdict('WABCDEFGHIJKLMNOPQRSTUV'[sum % 23] === value[7], !written.includes(' '))
  },
  cues: [
    'pps',
    'ppsn',
    'pps number',
    'pps no',
    'personal public service',
    'personal public service number',
    'rsi number',
  ],
  source:
    'https://www.gov.ie/en/department-of-social-protection/services/get-a-personal-public-service-pps-number/; https://www.revenue.ie/',
}

/** Eircode: routing key and four signs. */
const ieEircode: PatternRecognizer = {
  entity: 'IE_EIRCODE',
  label: 'EIRCODE',
  aliases: ['EIRCODE'],
  forms: [upperForm('(?:[AC-FHKNPRTV-Y][0-9]{2}|D6W) ?[0-9AC-FHKNPRTV-Y]{4}', 250)],
  longest: 8,
  cues: ['eircode', 'postcode', 'postal code', 'address'],
  source: 'https://www.eircode.ie/; Eircode Address Database product guide',
}

/** Ireland. */
export const ie = [iePps, ieEircode]
