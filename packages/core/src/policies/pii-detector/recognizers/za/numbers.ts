import { passesLuhn } from '../../luhn.ts'
import { verdict } from '../check-digits/compact.ts'
import { hasDay } from '../check-digits/dates.ts'
import { form, upperForm } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** Identity number: birth date, serial, citizenship, Luhn digit. */
export const zaIdNumber: PatternRecognizer = {
  entity: 'ZA_ID_NUMBER',
  label: 'ZA_ID_NUMBER',
  aliases: ['ZA_ID', 'RSA_ID'],
  forms: [form(String.raw`\d{10}[0-2]\d{2}|\d{6} \d{4} [0-2]\d{2}`, 200)],
  longest: 15,
  check: (written) => {
    const digits = written.replaceAll(' ', '')
    return verdict(hasDay(digits, 2, 4) && passesLuhn(digits), true)
  },
  cues: [
    'id',
    'id number',
    'id no',
    'identity number',
    'identity',
    'south african id',
    'rsa id',
    'smart id',
    'national id',
    'identiteitsnommer',
  ],
  source: 'Identification Act 68 of 1997; https://www.dha.gov.za/',
}

/** Income tax reference: ten digits, Luhn. */
export const zaIncomeTax: PatternRecognizer = {
  entity: 'ZA_INCOME_TAX_NUMBER',
  label: 'ZA_INCOME_TAX',
  aliases: ['ZA_TAX_NUMBER'],
  forms: [form(String.raw`[0-39]\d{9}`, 50)],
  longest: 10,
  cues: [
    'sars',
    'tax reference',
    'tax reference number',
    'income tax',
    'tax number',
    'itr',
    'taxpayer',
    'tax registration',
  ],
  source: 'https://www.sars.gov.za/',
}

/** VAT number: ten digits that begin with 4. */
export const zaVat: PatternRecognizer = {
  entity: 'ZA_VAT_NUMBER',
  label: 'ZA_VAT',
  aliases: ['ZA_VAT'],
  forms: [form(String.raw`4\d{9}`, 300)],
  longest: 10,
  cues: ['vat', 'vat number', 'vat registration', 'value added tax', 'tax invoice', 'sars'],
  source: 'https://www.sars.gov.za/',
}

/** Company registration: year, number, kind; before 2011 a close corporation's `CK`. */
export const zaCompanyRegistration: PatternRecognizer = {
  entity: 'ZA_COMPANY_REGISTRATION',
  label: 'ZA_COMPANY_REGISTRATION',
  aliases: ['ZA_CIPC'],
  forms: [
    form(String.raw`(?:19|20)\d{2}/\d{6}/\d{2}`, 600),
    upperForm(String.raw`(?:CK|NR|[KTWBMN])\d{4}/\d{6}`, 400),
  ],
  longest: 14,
  cues: [
    'cipc',
    'company registration',
    'company reg',
    'registration number',
    'close corporation',
    'enterprise number',
    'reg no',
  ],
  source: 'https://www.cipc.co.za/',
}

/** Traffic register number behind a word for it. */
export const zaTrafficRegister: PatternRecognizer = {
  entity: 'ZA_TRAFFIC_REGISTER_NUMBER',
  label: 'ZA_TRAFFIC_REGISTER',
  aliases: ['ZA_TRN'],
  forms: [form(String.raw`\d{13}`, 50)],
  longest: 13,
  cues: [
    'traffic register',
    'traffic register number',
    'trn',
    'natis',
    'enatis',
    'vehicle register',
  ],
  source: 'National Road Traffic Regulations 2000, regulation 335',
}
