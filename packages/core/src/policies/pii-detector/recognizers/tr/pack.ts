import { digitsOf, verdict } from '../check-digits/compact.ts'
import { isOrdinaryNumber } from '../check-digits/ordinary-number.ts'
import { weightedSum } from '../check-digits/weighted-sum.ts'
import { form, upperForm } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** National identification number: nine digits and two check digits. */
const trNationalId: PatternRecognizer = {
  entity: 'TR_NATIONAL_ID',
  label: 'TCKN',
  aliases: ['TCKN', 'TR_TCKN'],
  forms: [form(String.raw`[1-9]\d{10}`, 200)],
  longest: 11,
  check: (written) => {
    const digits = digitsOf(written)
    const tenth = (weightedSum(digits, [7, -1, 7, -1, 7, -1, 7, -1, 7]) + 100) % 10
    const last = weightedSum(digits, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]) % 10
    return verdict(tenth === digits[9] && last === digits[10], !isOrdinaryNumber(written))
  },
  cues: [
    'tc kimlik',
    'tc kimlik no',
    't.c. kimlik',
    'kimlik no',
    'kimlik numarası',
    'kimlik',
    'tckn',
    'tc no',
    'nüfus cüzdanı',
    'national id',
    'turkish id',
    'türk kimlik',
  ],
  source: 'https://www.nvi.gov.tr/; https://en.wikipedia.org/wiki/Turkish_Identification_Number',
}

/** Number plate: province 01 to 81, letters, digits. */
const trLicensePlate: PatternRecognizer = {
  entity: 'TR_LICENSE_PLATE',
  label: 'PLAKA',
  aliases: ['PLAKA', 'TR_VEHICLE_REGISTRATION'],
  forms: [upperForm(String.raw`(?:0[1-9]|[1-7]\d|8[01])[ -]?[A-PR-VYZ]{1,3}[ -]?\d{2,5}`, 300)],
  longest: 12,
  cues: [
    'plaka',
    'plakası',
    'plaka numarası',
    'plakalı',
    'araç plakası',
    'araç',
    'license plate',
    'licence plate',
    'number plate',
    'plate',
  ],
  source: 'Karayolları Trafik Yönetmeliği, ek 1',
}

/** Tax number: ten digits, check digit. */
const trVkn: PatternRecognizer = {
  entity: 'TR_VKN',
  label: 'VKN',
  aliases: ['VKN', 'TR_TAX_ID'],
  forms: [form(String.raw`\d{10}`, 50)],
  longest: 10,
  check: (written) => {
    const digits = digitsOf(written)
    let sum = 0
    for (let index = 0; index < 9; index += 1) {
      const moved = ((digits[index] ?? 0) + 9 - index) % 10
      const product = (moved * 2 ** (9 - index)) % 9
      sum += moved !== 0 && product === 0 ? 9 : product
    }
    return verdict((10 - (sum % 10)) % 10 === digits[9], false)
  },
  cues: [
    'vkn',
    'vergi no',
    'vergi numarası',
    'vergi kimlik',
    'vergi kimlik numarası',
    'tax number',
    'tax id',
  ],
  source: 'https://www.gib.gov.tr/',
}

/** Turkey. */
export const tr = [trNationalId, trLicensePlate, trVkn]
