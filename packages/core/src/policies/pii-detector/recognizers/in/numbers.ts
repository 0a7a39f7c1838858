import { compact, digitsOf, isGrouped, verdict } from '../check-digits/compact.ts'
import { isOrdinaryNumber } from '../check-digits/ordinary-number.ts'
import { passesVerhoeff } from '../check-digits/verhoeff.ts'
import { form, upperForm } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

// The fourth letter says what kind of holder it is.
const holder = '[A-Z]{3}[ABCFGHJLPT][A-Z]'

/** Permanent account number of the income tax department. */
export const inPan: PatternRecognizer = {
  entity: 'IN_PAN',
  label: 'PAN',
  aliases: ['PAN', 'PERMANENT_ACCOUNT_NUMBER'],
  forms: [
    upperForm(String.raw`${holder}\d{4}[A-Z]`, 850),
    form(String.raw`${holder}\d{4}[A-Z]`, 550),
    upperForm(String.raw`[A-Z]{5}[ -]?\d{4}[ -]?[A-Z]`, 100),
  ],
  longest: 12,
  cues: ['pan', 'pan card', 'pan number', 'permanent account number', 'income tax'],
  source: 'https://incometaxindia.gov.in/; Income-tax Rules 1962, rule 114',
}

/** Aadhaar number: twelve digits that do not begin with 0 or 1 nor read the same from behind, Verhoeff digit. */
export const inAadhaar: PatternRecognizer = {
  entity: 'IN_AADHAAR',
  label: 'AADHAAR',
  aliases: ['AADHAAR', 'AADHAR', 'UIDAI'],
  forms: [form(String.raw`[2-9]\d{3}([- :])\d{4}\1\d{4}`, 300), form(String.raw`[2-9]\d{11}`, 100)],
  longest: 14,
  check: (written) => {
    const digits = digitsOf(written)
    const isMirrored = digits.every((digit, index) => digit === digits[digits.length - 1 - index])
    const alone = isGrouped(written) || !isOrdinaryNumber(compact(written))
    return verdict(passesVerhoeff(digits) && !isMirrored, alone)
  },
  cues: [
    'aadhaar',
    'aadhar',
    'aadhaar number',
    'aadhaar card',
    'uidai',
    'uid',
    'आधार',
    'आधार संख्या',
  ],
  source: 'https://uidai.gov.in/; UIDAI, A UID Numbering Scheme (2010)',
}

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** Goods and services tax number: state, the holder's PAN, a count, `Z`, check sign of base 36. */
export const inGstin: PatternRecognizer = {
  entity: 'IN_GSTIN',
  label: 'GSTIN',
  aliases: ['GSTIN', 'GST_NUMBER'],
  forms: [form(String.raw`(?:0[1-9]|[12]\d|3[0-8]|97|99)[A-Z]{5}\d{4}[A-Z][0-9A-Z]Z[0-9A-Z]`, 800)],
  longest: 15,
  check: (written) => {
    const value = compact(written)
    let sum = 0
    for (const [index, sign] of [...value.slice(0, 14)].entries()) {
      const product = alphabet.indexOf(sign) * ((index % 2) + 1)
      sum += Math.floor(product / 36) + (product % 36)
    }
    // Samples often have a wrong last sign; the form itself says enough then.
    return alphabet[(36 - (sum % 36)) % 36] === value.at(-1) || undefined
  },
  cues: [
    'gstin',
    'gst',
    'gst number',
    'gst no',
    'gst registration',
    'goods and services tax',
    'tax identification',
  ],
  source: 'https://www.gst.gov.in/; CGST Rules 2017, rule 10',
}
