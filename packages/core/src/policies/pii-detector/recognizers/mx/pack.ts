import { compact, verdict } from '../check-digits/compact.ts'
import { hasDay } from '../check-digits/dates.ts'
import { form } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

const alphabet = '0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ'

/** Population register code: name, birth date, sex, state, consonants, homonym sign, check digit. */
const mxCurp: PatternRecognizer = {
  entity: 'MX_CURP',
  label: 'CURP',
  aliases: ['CURP'],
  forms: [
    form(String.raw`[A-Z][AEIOUX][A-Z]{2}\d{6}[HMX][A-Z]{2}[B-DF-HJ-NP-TV-Z]{3}[0-9A-Z]\d`, 700),
  ],
  longest: 18,
  check: (written) => {
    const value = compact(written)
    let sum = 0
    for (const [index, sign] of [...value.slice(0, 17)].entries())
      sum += alphabet.indexOf(sign) * (18 - index)
    return verdict(hasDay(value, 6, 8) && (10 - (sum % 10)) % 10 === Number(value[17]), true)
  },
  cues: ['curp', 'clave única de registro de población', 'population registry'],
  source: 'Instructivo normativo para la asignación de la CURP, DOF 18/10/2021',
}

/** Taxpayer register code: four letters of a person or three of a company, a date, three signs. */
const mxRfc: PatternRecognizer = {
  entity: 'MX_RFC',
  label: 'RFC',
  aliases: ['MX_TAX_ID'],
  forms: [form(String.raw`[A-ZÑ&]{3,4}-?\d{6}-?[0-9A-Z]{2}[0-9A]`, 400)],
  longest: 15,
  check: (written) => {
    const value = written.toUpperCase().replaceAll('-', '')
    return hasDay(value, value.length - 7, value.length - 5) ? undefined : false
  },
  cues: ['rfc', 'registro federal de contribuyentes', 'contribuyente', 'tax id'],
  source: 'https://www.sat.gob.mx/; Código Fiscal de la Federación, artículo 27',
}

/** Mexico. */
export const mx = [mxCurp, mxRfc]
