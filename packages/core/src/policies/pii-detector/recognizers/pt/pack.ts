import { compact, digitsOf, verdict } from '../check-digits/compact.ts'
import { weightedSum } from '../check-digits/weighted-sum.ts'
import { form, upperForm } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** Tax number: nine digits, modulus 11; the first says what kind of holder it is. */
const ptNif: PatternRecognizer = {
  entity: 'PT_NIF',
  label: 'PT_NIF',
  aliases: ['PT_NIPC', 'PT_VAT', 'PT_CONTRIBUINTE'],
  forms: [
    upperForm(String.raw`PT ?[1-35-9]\d{2} ?\d{3} ?\d{3}`, 400),
    form(String.raw`[1-35-9]\d{2}([ .]?)\d{3}\1\d{3}`, 100),
  ],
  longest: 14,
  check: (written) => {
    const digits = digitsOf(written)
    const remainder = weightedSum(digits, [9, 8, 7, 6, 5, 4, 3, 2]) % 11
    return verdict((remainder < 2 ? 0 : 11 - remainder) === digits[8], written.startsWith('PT'))
  },
  cues: [
    'nif',
    'contribuinte',
    'número de contribuinte',
    'nº contribuinte',
    'número de identificação fiscal',
    'nipc',
    'tax number',
    'tax id',
    'vat',
  ],
  source: 'Decreto-Lei 14/2013; https://www.portaldasfinancas.gov.pt/',
}

/** Citizen card: eight digits, check digit, version, Luhn digit over all twelve signs. */
const ptCitizenCard: PatternRecognizer = {
  entity: 'PT_CITIZEN_CARD',
  label: 'CARTAO_CIDADAO',
  aliases: ['PT_CC', 'CARTAO_DE_CIDADAO'],
  forms: [form(String.raw`\d{8}[ -]?\d[ -]?[0-9A-Z]{2}\d`, 300)],
  longest: 14,
  check: (written) => {
    const value = compact(written)
    if (!/[A-Z]/.test(value)) return undefined
    let sum = 0
    for (const [index, sign] of [...value].entries()) {
      const place = Number.parseInt(sign, 36) * (index % 2 === 0 ? 2 : 1)
      sum += index % 2 === 0 && place > 9 ? place - 9 : place
    }
    return verdict(sum % 10 === 0, true)
  },
  cues: [
    'cartão de cidadão',
    'cartao de cidadao',
    'cc',
    'número de identificação civil',
    'bilhete de identidade',
    'citizen card',
    'id card',
  ],
  source: 'https://www.autenticacao.gov.pt/, Validação de número de documento do Cartão de Cidadão',
}

/** Portugal. */
export const pt = [ptNif, ptCitizenCard]
