import { digitsOf, verdict } from '../check-digits/compact.ts'
import { isRepeated, weightedSum } from '../check-digits/weighted-sum.ts'
import { form } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** Identity card of the states: seven to nine digits, the last perhaps `X`; each state counts its own way. */
export const brRg: PatternRecognizer = {
  entity: 'BR_RG',
  label: 'RG',
  aliases: ['RG', 'BR_IDENTITY_CARD'],
  forms: [
    form(String.raw`\d{1,2}\.\d{3}\.\d{3}-[0-9X]`, 400),
    form(String.raw`\d{1,2}\.\d{3}\.\d{3}|\d{7,8}-?[0-9X]`, 50),
  ],
  longest: 12,
  cues: [
    'rg',
    'registro geral',
    'identidade',
    'carteira de identidade',
    'cédula de identidade',
    'documento de identidade',
    'identity card',
    'id card',
  ],
  source: 'Lei 7.116/1983; https://pt.wikipedia.org/wiki/Registro_geral',
}

/** Driving licence: nine digits and two check digits. */
export const brCnh: PatternRecognizer = {
  entity: 'BR_CNH',
  label: 'CNH',
  aliases: ['CNH', 'BR_DRIVER_LICENSE'],
  forms: [form(String.raw`\d{11}`, 50)],
  longest: 11,
  check: (written) => {
    const digits = digitsOf(written)
    const first = weightedSum(digits, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11
    const second = weightedSum(digits, [1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11
    // A first rest of ten lowers the second by two; a second one of ten gives 0 in any case.
    const last = first === 10 && second < 10 ? (second + 9) % 11 : second
    const isRight = (first > 9 ? 0 : first) === digits[9] && (last > 9 ? 0 : last) === digits[10]
    return verdict(isRight && !isRepeated(digits), false)
  },
  cues: [
    'cnh',
    'carteira nacional de habilitação',
    'habilitação',
    'carteira de motorista',
    'driver license',
    "driver's license",
    'driving licence',
  ],
  source: 'Resolução CONTRAN 886/2021',
}

/** Postal code behind a word for it. */
export const brCep: PatternRecognizer = {
  entity: 'BR_CEP',
  label: 'CEP',
  aliases: ['CEP', 'BR_POSTAL_CODE'],
  forms: [form(String.raw`\d{2}\.?\d{3}-\d{3}|\d{8}`, 100)],
  longest: 10,
  cues: ['cep', 'código postal', 'postal code', 'endereço', 'zip code'],
  source: 'https://www.correios.com.br/enviar/precisa-de-ajuda/tudo-sobre-cep',
}
