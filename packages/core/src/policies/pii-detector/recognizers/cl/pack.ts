import { compact, digitsOf, verdict } from '../check-digits/compact.ts'
import { weightedSum } from '../check-digits/weighted-sum.ts'
import { form } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** National number of people and companies: digits and a check digit of modulus 11, `K` for ten. */
const clRut: PatternRecognizer = {
  entity: 'CL_RUT',
  label: 'RUT',
  aliases: ['RUT', 'CL_RUN'],
  forms: [
    form(String.raw`\d{1,2}\.\d{3}\.\d{3}-[0-9K]`, 400),
    form(String.raw`\d{7,8}-[0-9K]`, 250),
  ],
  longest: 12,
  check: (written) => {
    const value = compact(written)
    const sum = weightedSum(digitsOf(value.slice(0, -1).padStart(8, '0')), [3, 2, 7, 6, 5, 4, 3, 2])
    return verdict('0123456789K'[(11 - (sum % 11)) % 11] === value.at(-1), written.includes('.'))
  },
  cues: [
    'rut',
    'run',
    'rol único tributario',
    'rol único nacional',
    'cédula',
    'cédula de identidad',
    'national id',
    'tax id',
  ],
  source: 'https://www.sii.cl/; https://es.wikipedia.org/wiki/Rol_Único_Tributario',
}

/** Chile. */
export const cl = [clRut]
