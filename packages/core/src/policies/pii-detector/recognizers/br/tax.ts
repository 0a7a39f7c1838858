import { compact, digitsOf, isGrouped, verdict } from '../check-digits/compact.ts'
import { isOrdinaryNumber } from '../check-digits/ordinary-number.ts'
import { isRepeated, weightedSum } from '../check-digits/weighted-sum.ts'
import { form, upperForm } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** The check digit of the Brazilian registers: modulus 11, where ten and eleven give 0. */
function mod11(digits: readonly number[], weights: readonly number[]): number {
  const remainder = weightedSum(digits, weights) % 11
  return remainder < 2 ? 0 : 11 - remainder
}

/** Register of persons: nine digits and two check digits. */
export const brCpf: PatternRecognizer = {
  entity: 'BR_CPF',
  label: 'CPF',
  aliases: ['CPF'],
  forms: [
    form(String.raw`\d{3}\.\d{3}\.\d{3}[-/ ]\d{2}|\d{3} \d{3} \d{3}[- ]\d{2}|\d{9}-\d{2}`, 500),
    form(String.raw`\d{11}`, 100),
  ],
  longest: 14,
  check: (written) => {
    const digits = digitsOf(written)
    const isRight =
      mod11(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) === digits[9] &&
      mod11(digits, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) === digits[10]
    const alone = isGrouped(written) || !isOrdinaryNumber(compact(written))
    return verdict(isRight && !isRepeated(digits), alone)
  },
  cues: [
    'cpf',
    'cadastro de pessoas físicas',
    'cadastro de pessoa física',
    'contribuinte',
    'tax id',
    'tax number',
  ],
  source: 'Receita Federal do Brasil, Instrução Normativa RFB 1548/2015',
}

/** Register of companies: since July 2026 with letters in the first twelve places; each sign counts its ASCII code less 48. */
export const brCnpj: PatternRecognizer = {
  entity: 'BR_CNPJ',
  label: 'CNPJ',
  aliases: ['CNPJ'],
  forms: [
    form(String.raw`[0-9A-Z]{2}\.[0-9A-Z]{3}\.[0-9A-Z]{3}/[0-9A-Z]{4}-\d{2}`, 500),
    form(String.raw`\d{8}/\d{4}-\d{2}|\d{14}`, 100),
    upperForm(String.raw`(?=[A-Z]{0,11}\d)[0-9A-Z]{12}\d{2}`, 50),
  ],
  longest: 18,
  check: (written) => {
    const value = compact(written)
    const places = Array.from(value, (sign) => sign.charCodeAt(0) - 48)
    const weights = [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]
    const isRight =
      mod11(places, weights) === places[12] && mod11(places, [6, ...weights]) === places[13]
    const alone = isGrouped(written) || (/^\d+$/.test(value) && !isOrdinaryNumber(value))
    return verdict(isRight && !isRepeated(places), alone)
  },
  cues: [
    'cnpj',
    'cadastro nacional da pessoa jurídica',
    'pessoa jurídica',
    'empresa',
    'company number',
    'tax id',
  ],
  source: 'Receita Federal do Brasil, Instrução Normativa RFB 2229/2024',
}

/** Social integration number (PIS, PASEP, NIS, NIT): ten digits and a check digit. */
export const brPis: PatternRecognizer = {
  entity: 'BR_PIS',
  label: 'PIS',
  aliases: ['PIS', 'PASEP', 'BR_NIS', 'BR_NIT'],
  forms: [form(String.raw`\d{3}\.\d{5}\.\d{2}-\d`, 400), form(String.raw`\d{11}`, 50)],
  longest: 14,
  check: (written) => {
    const digits = digitsOf(written)
    const isRight = mod11(digits, [3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) === digits[10]
    return verdict(isRight && !isRepeated(digits), isGrouped(written))
  },
  cues: ['pis', 'pasep', 'pis/pasep', 'nis', 'nit', 'programa de integração social'],
  source: 'Caixa Econômica Federal, Cadastro NIS',
}
