import { compact, digitsOf, verdict } from '../check-digits/compact.ts'
import { isOrdinaryNumber } from '../check-digits/ordinary-number.ts'
import { isRepeated, weightedSum } from '../check-digits/weighted-sum.ts'
import { form } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

const birth = String.raw`\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])`

/** Since October 2020 the last digits are drawn by lot: a wrong check digit says nothing. */
function checkResident(added: number): (written: string) => boolean | undefined {
  return (written) => {
    const digits = digitsOf(written)
    const sum = weightedSum(digits, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5])
    return (added - (sum % 11)) % 10 === digits[12] || undefined
  }
}

/** Resident registration number: birth date, sex and century, serial, check digit. */
const krRrn: PatternRecognizer = {
  entity: 'KR_RRN',
  label: 'RRN',
  aliases: ['RRN', 'KR_RESIDENT_NUMBER'],
  forms: [
    form(`${birth}-[1-490]${String.raw`\d{6}`}`, 550),
    form(`${birth}[1-4]${String.raw`\d{6}`}`, 500),
  ],
  longest: 14,
  check: checkResident(11),
  cues: [
    '주민등록번호',
    '주민번호',
    '주민등록',
    'rrn',
    'resident registration number',
    'resident registration',
    'korean rrn',
  ],
  source: '주민등록법 시행규칙; https://en.wikipedia.org/wiki/Resident_registration_number',
}

/** Registration number of foreigners. */
const krFrn: PatternRecognizer = {
  entity: 'KR_FRN',
  label: 'FRN',
  aliases: ['FRN', 'KR_FOREIGNER_NUMBER'],
  forms: [form(`${birth}-?[5-8]${String.raw`\d{6}`}`, 500)],
  longest: 14,
  check: checkResident(13),
  cues: [
    '외국인등록번호',
    '외국인번호',
    '외국인등록',
    'frn',
    'foreigner registration number',
    'alien registration',
    'korean frn',
  ],
  source: '출입국관리법 시행규칙',
}

/** Business registration number: three, two and five digits, check digit. */
const krBrn: PatternRecognizer = {
  entity: 'KR_BRN',
  label: 'KR_BRN',
  aliases: ['KR_BUSINESS_NUMBER'],
  forms: [form(String.raw`\d{3}-\d{2}-\d{5}`, 300), form(String.raw`\d{10}`, 50)],
  longest: 12,
  check: (written) => {
    const digits = digitsOf(written)
    const sum =
      weightedSum(digits, [1, 3, 7, 1, 3, 7, 1, 3]) +
      Math.floor(((digits[8] ?? 0) * 5) / 10) +
      (digits[8] ?? 0) * 5
    const alone = written.includes('-') || !isOrdinaryNumber(compact(written))
    return verdict((10 - (sum % 10)) % 10 === digits[9] && !isRepeated(digits), alone)
  },
  cues: [
    '사업자등록번호',
    '사업자번호',
    '사업자',
    'brn',
    'business registration',
    'business registration number',
    'business number',
    'korean brn',
    'tax registration number',
  ],
  source: '국세청; https://www.hometax.go.kr/',
}

/** Passport: a letter for its kind, three digits, a letter, four digits; before 2021 eight digits. */
const krPassport: PatternRecognizer = {
  entity: 'KR_PASSPORT',
  label: 'KR_PASSPORT',
  aliases: ['KOREAN_PASSPORT'],
  forms: [form(String.raw`[MSROD]\d{3}[A-Z]\d{4}`, 200), form(String.raw`[MSROD]\d{8}`, 100)],
  longest: 9,
  cues: ['여권', '여권번호', '대한민국 여권', 'passport', 'passport number', 'korean passport'],
  source: 'https://www.passport.go.kr/',
}

/** Driver's licence: region, year, serial, check digits. */
const krDriverLicense: PatternRecognizer = {
  entity: 'KR_DRIVER_LICENSE',
  label: 'KR_DRIVER_LICENSE',
  aliases: ['KR_DRIVING_LICENCE'],
  forms: [
    form(String.raw`(?:1[1-9]|2[0-6]|28)-\d{2}-\d{6}-\d{2}`, 550),
    form(String.raw`(?:1[1-9]|2[0-6]|28)[ -]?\d{2}[ -]?\d{6}[ -]?\d{2}`, 100),
  ],
  longest: 15,
  cues: [
    '운전면허',
    '운전면허번호',
    '면허번호',
    '운전면허증',
    'driver license',
    "driver's license",
    'driving licence',
    'korean driver license',
  ],
  source: '도로교통법 시행규칙; https://www.safedriving.or.kr/',
}

/** South Korea. */
export const kr = [krRrn, krFrn, krBrn, krPassport, krDriverLicense]
