import { passesLuhn } from '../../luhn.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** US national provider identifier: ten digits, Luhn check digit over them behind 80840 (ISO 7812 prefix of US health care). */
export const usNpi: PatternRecognizer = {
  entity: 'US_NPI',
  label: 'NPI',
  aliases: ['NPI', 'NATIONAL_PROVIDER_IDENTIFIER'],
  forms: [
    { pattern: /[12]\d{9}(?!\d)/y, score: 100 },
    { pattern: /[12]\d{3}([- ])\d{3}\1\d{3}(?!\d)/y, score: 200 },
  ],
  longest: 12,
  check: (written) => {
    const digits = written.replace(/[^0-9]/g, '')
    return passesLuhn(`80840${digits}`) && !/^(\d)\1{8}/.test(digits)
  },
  cues: ['npi', 'national provider', 'provider number', 'provider id', 'provider identifier'],
  source:
    'https://www.cms.gov/Regulations-and-Guidance/Administrative-Simplification/NationalProvIdentStand/Downloads/NPIcheckdigit.pdf',
}
