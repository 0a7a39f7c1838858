import { form } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** Passport: a letter, seven digits and a letter; before 2016 two letters and seven digits. */
const phPassport: PatternRecognizer = {
  entity: 'PH_PASSPORT',
  label: 'PH_PASSPORT',
  aliases: ['PHILIPPINE_PASSPORT'],
  forms: [form(String.raw`[A-Z]\d{7}[A-Z]|[A-Z]{2}\d{7}`, 100)],
  longest: 9,
  cues: [
    'passport',
    'passport number',
    'passport no',
    'pasaporte',
    'travel document',
    'philippine passport',
    'philippines passport',
    'dfa',
  ],
  source: 'https://dfa.gov.ph/; ICAO Doc 9303',
}

/** Tax number: nine digits, perhaps a branch of three or five. */
const phTin: PatternRecognizer = {
  entity: 'PH_TIN',
  label: 'PH_TIN',
  aliases: ['PH_TAX_ID'],
  forms: [
    form(String.raw`\d{3}-\d{3}-\d{3}(?:-\d{3}(?:\d{2})?)?`, 200),
    form(String.raw`\d{9}(?:\d{3})?`, 50),
  ],
  longest: 17,
  cues: [
    'tin',
    'taxpayer identification number',
    'taxpayer id',
    'tax id',
    'tax identification number',
    'bir',
    'rdo',
    'revenue district office',
  ],
  source: 'https://www.bir.gov.ph/',
}

/** Number of the unified multi-purpose card (CRN). */
const phUmid: PatternRecognizer = {
  entity: 'PH_UMID',
  label: 'UMID',
  aliases: ['UMID', 'PH_CRN'],
  forms: [form(String.raw`\d{4}-\d{7}-\d`, 550), form(String.raw`\d{12}`, 100)],
  longest: 14,
  cues: [
    'umid',
    'umid number',
    'umid card',
    'unified multi-purpose id',
    'unified multipurpose id',
    'crn',
    'common reference number',
    'gsis',
    'sss',
    'philhealth',
    'pag-ibig',
  ],
  source: 'https://www.sss.gov.ph/; https://www.gsis.gov.ph/',
}

/** Social security number. */
const phSss: PatternRecognizer = {
  entity: 'PH_SSS',
  label: 'SSS',
  aliases: ['PH_SSS_NUMBER'],
  forms: [form(String.raw`\d{2}-\d{7}-\d`, 400), form(String.raw`\d{10}`, 50)],
  longest: 12,
  cues: ['sss', 'sss number', 'social security system', 'social security number'],
  source: 'https://www.sss.gov.ph/',
}

/** Health insurance number. */
const phPhilhealth: PatternRecognizer = {
  entity: 'PH_PHILHEALTH',
  label: 'PHILHEALTH',
  aliases: ['PHILHEALTH'],
  forms: [form(String.raw`\d{2}-\d{9}-\d`, 450), form(String.raw`\d{12}`, 50)],
  longest: 14,
  cues: ['philhealth', 'philhealth number', 'philhealth id', 'pin'],
  source: 'https://www.philhealth.gov.ph/',
}

/** Philippines. */
export const ph = [phPassport, phTin, phUmid, phSss, phPhilhealth]
