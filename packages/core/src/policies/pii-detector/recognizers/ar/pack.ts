import { digitsOf, verdict } from '../check-digits/compact.ts'
import { weightedSum } from '../check-digits/weighted-sum.ts'
import { form } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** Tax or labour number (CUIT, CUIL): kind, number of the identity document, check digit of modulus 11. */
const arCuit: PatternRecognizer = {
  entity: 'AR_CUIT',
  label: 'CUIT',
  aliases: ['CUIT', 'CUIL', 'AR_CUIL'],
  forms: [
    form(String.raw`(?:2[03457]|3[034])-\d{8}-\d`, 400),
    form(String.raw`(?:2[03457]|3[034])\d{9}`, 100),
  ],
  longest: 13,
  check: (written) => {
    const digits = digitsOf(written)
    const check = (11 - (weightedSum(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11
    return verdict(check === digits[10], written.includes('-'))
  },
  cues: ['cuit', 'cuil', 'clave única de identificación tributaria', 'tax id'],
  source: 'https://www.afip.gob.ar/; Resolución General AFIP 1817/2005',
}

/** National identity document behind a word for it. */
const arDni: PatternRecognizer = {
  entity: 'AR_DNI',
  label: 'AR_DNI',
  aliases: ['AR_DOCUMENTO'],
  forms: [form(String.raw`\d{1,2}\.\d{3}\.\d{3}|\d{7,8}`, 100)],
  longest: 10,
  cues: ['dni', 'documento nacional de identidad', 'documento', 'national id'],
  source: 'https://www.argentina.gob.ar/interior/renaper; Ley 17.671',
}

/** Argentina. */
export const ar = [arCuit, arDni]
