import { compact, verdict } from '../check-digits/compact.ts'
import { form, upperForm } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

// What a letter or digit counts in an odd place (first, third, …); in an even one a letter counts its place in the alphabet from 0.
const odd = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
]

/** A place that holds a digit, or the letter for it where two people would share a code. */
const digit = '[0-9LMNP-V]'

/** Tax code of a person: six letters of the name, birth date with 40 added to a woman's day, place of birth, check letter. */
export const itFiscalCode: PatternRecognizer = {
  entity: 'IT_FISCAL_CODE',
  label: 'CODICE_FISCALE',
  aliases: ['CODICE_FISCALE'],
  forms: [
    form(`[A-Z]{6}${digit}{2}[ABCDEHLMPRST]${digit}{2}[A-Z]${digit}{3}[A-Z]`, 500),
    upperForm(
      `[A-Z]{3}[ -][A-Z]{3}[ -]${digit}{2}[ABCDEHLMPRST]${digit}{2}[ -][A-Z]${digit}{3}[ -]?[A-Z]`,
      500,
    ),
  ],
  longest: 20,
  check: (written) => {
    const value = compact(written)
    let sum = 0
    for (const [index, character] of [...value.slice(0, 15)].entries()) {
      const place = /\d/.test(character) ? Number(character) : character.charCodeAt(0) - 65
      sum += index % 2 === 0 ? (odd[place] ?? 0) : place
    }
    return verdict(String.fromCharCode(65 + (sum % 26)) === value[15], true)
  },
  cues: ['codice fiscale', 'cod. fiscale', 'cod fisc', 'cf', 'c.f.', 'fiscal code', 'tax code'],
  source: 'Decreto ministeriale 23 dicembre 1976; https://www.agenziaentrate.gov.it/',
}
