import { compact, digitsOf, verdict } from '../check-digits/compact.ts'
import { isDay } from '../check-digits/dates.ts'
import { rest } from '../check-digits/iso-7064.ts'
import { isOrdinaryNumber } from '../check-digits/ordinary-number.ts'
import { weightedSum } from '../check-digits/weighted-sum.ts'
import { form } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** Birth number of Czechia and Slovakia: birth date (50 added to a woman's month, 20 where a day was full), serial; divisible by 11. */
const czBirthNumber: PatternRecognizer = {
  entity: 'CZ_BIRTH_NUMBER',
  label: 'RODNE_CISLO',
  aliases: ['RODNE_CISLO', 'CZ_RC', 'SK_BIRTH_NUMBER', 'SK_RC'],
  forms: [form(String.raw`\d{6}/\d{3,4}`, 400), form(String.raw`\d{10}`, 100)],
  longest: 11,
  check: (written) => {
    const value = compact(written)
    const month = Number(value.slice(2, 4)) % 50
    if (!isDay(month > 20 ? month - 20 : month, Number(value.slice(4, 6)))) return false
    // Nine digits, until 1953, have no check digit.
    if (value.length === 9) return undefined
    const remainder = rest(value.slice(0, 9), 11)
    return verdict(
      (remainder === 10 ? 0 : remainder) === Number(value[9]),
      written.includes('/') || !isOrdinaryNumber(value),
    )
  },
  cues: [
    'rodné číslo',
    'rodne cislo',
    'rodného čísla',
    'rč',
    'r.č.',
    'birth number',
    'personal identification number',
  ],
  source: 'Zákon č. 133/2000 Sb., § 13; https://www.mvcr.cz/',
}

/** Identification number of a company: eight digits, modulus 11. */
const czIco: PatternRecognizer = {
  entity: 'CZ_ICO',
  label: 'ICO',
  aliases: ['ICO', 'SK_ICO'],
  forms: [form(String.raw`\d{8}|\d{2} \d{2} \d{2} \d{2}|\d{3} \d{2} \d{3}`, 50)],
  longest: 11,
  check: (written) => {
    const digits = digitsOf(written)
    return verdict(
      (11 - (weightedSum(digits, [8, 7, 6, 5, 4, 3, 2]) % 11)) % 10 === digits[7],
      false,
    )
  },
  cues: ['ičo', 'ico', 'ič', 'identifikační číslo', 'company number'],
  source: 'https://www.czso.cz/; Zákon č. 111/2009 Sb.',
}

/** Czechia and Slovakia. */
export const cz = [czBirthNumber, czIco]
