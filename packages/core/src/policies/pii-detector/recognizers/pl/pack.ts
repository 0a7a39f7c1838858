import { compact, digitsOf, isGrouped, verdict } from '../check-digits/compact.ts'
import { isDay } from '../check-digits/dates.ts'
import { icaoDigit } from '../check-digits/icao.ts'
import { isRepeated, weightedSum } from '../check-digits/weighted-sum.ts'
import { form, upperForm } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** Number of the population register: birth date with the century in the month, serial, check digit. */
const plPesel: PatternRecognizer = {
  entity: 'PL_PESEL',
  label: 'PESEL',
  aliases: ['PESEL'],
  forms: [form(String.raw`\d{11}`, 200)],
  longest: 11,
  check: (written) => {
    const digits = digitsOf(written)
    const isBirth = isDay(Number(written.slice(2, 4)) % 20, Number(written.slice(4, 6)))
    return verdict(
      isBirth && weightedSum(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0,
      true,
    )
  },
  cues: ['pesel', 'numer pesel', 'nr pesel'],
  source: 'https://www.gov.pl/web/gov/czym-jest-numer-pesel; Ustawa o ewidencji ludności, art. 15',
}

/** Tax number: nine digits, modulus 11. */
const plNip: PatternRecognizer = {
  entity: 'PL_NIP',
  label: 'NIP',
  aliases: ['NIP', 'PL_VAT'],
  forms: [
    upperForm(
      String.raw`(?:PL ?)?\d{3}-\d{3}-\d{2}-\d{2}|(?:PL ?)?\d{3}-\d{2}-\d{2}-\d{3}|PL ?\d{10}`,
      300,
    ),
    form(String.raw`\d{10}|\d{3} \d{3} \d{2} \d{2}`, 100),
  ],
  longest: 16,
  check: (written) => {
    const digits = digitsOf(written)
    const isRight = weightedSum(digits, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 === digits[9]
    return verdict(isRight && !isRepeated(digits), isGrouped(written) || /^PL/i.test(written))
  },
  cues: ['nip', 'numer nip', 'numer identyfikacji podatkowej', 'vat', 'tax id', 'tax number'],
  source: 'https://www.podatki.gov.pl/; Ustawa o zasadach ewidencji i identyfikacji podatników',
}

/** Number of an entity of the national economy: nine or fourteen digits. */
const plRegon: PatternRecognizer = {
  entity: 'PL_REGON',
  label: 'REGON',
  aliases: ['REGON'],
  forms: [form(String.raw`\d{9}(?:\d{5})?`, 50)],
  longest: 14,
  check: (written) => {
    const digits = digitsOf(written)
    return verdict((weightedSum(digits, [8, 9, 2, 3, 4, 5, 6, 7]) % 11) % 10 === digits[8], false)
  },
  cues: ['regon', 'numer regon'],
  source: 'https://stat.gov.pl/; Rozporządzenie w sprawie rejestru REGON',
}

const identityCues = [
  'dowód osobisty',
  'dowodu osobistego',
  'numer dowodu',
  'seria i numer',
  'identity card',
  'id card',
  'national id',
]

/** Identity card: three letters, check digit, five digits. */
const plIdCard: PatternRecognizer = {
  entity: 'PL_ID_CARD',
  label: 'DOWOD_OSOBISTY',
  aliases: ['PL_IDENTITY_CARD', 'DOWOD_OSOBISTY'],
  forms: [upperForm(String.raw`[A-Z]{3} ?\d{6}`, 200), form(String.raw`[A-Z]{3}\d{6}`, 200)],
  longest: 10,
  check: (written) => {
    const value = compact(written)
    return verdict(icaoDigit(value.slice(0, 3) + value.slice(4)) === Number(value[3]), false)
  },
  cues: identityCues,
  source: 'https://www.gov.pl/web/gov/uzyskaj-dowod-osobisty; ICAO Doc 9303',
}

/** Passport: two letters, check digit, six digits. */
const plPassport: PatternRecognizer = {
  entity: 'PL_PASSPORT',
  label: 'PL_PASSPORT',
  aliases: ['POLISH_PASSPORT'],
  forms: [upperForm(String.raw`[A-Z]{2} ?\d{7}`, 100), form(String.raw`[A-Z]{2}\d{7}`, 100)],
  longest: 10,
  check: (written) => {
    const value = compact(written)
    return verdict(icaoDigit(value.slice(0, 2) + value.slice(3)) === Number(value[2]), false)
  },
  cues: [
    'paszport',
    'paszportu',
    'numer paszportu',
    'passport',
    'passport number',
    'polish passport',
  ],
  source: 'https://www.consilium.europa.eu/prado/en/POL/; ICAO Doc 9303',
}

/** Poland. */
export const pl = [plPesel, plNip, plRegon, plIdCard, plPassport]
