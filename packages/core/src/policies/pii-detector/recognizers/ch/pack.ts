import { digitsOf, verdict } from '../check-digits/compact.ts'
import { weightedSum } from '../check-digits/weighted-sum.ts'
import { form, upperForm } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** Insurance number of the old-age insurance (AHV, AVS): 756, nine digits, check digit of EAN-13. */
const chAhv: PatternRecognizer = {
  entity: 'CH_AHV',
  label: 'AHV',
  aliases: ['AHV', 'CH_AVS', 'CH_SSN'],
  forms: [form(String.raw`756([. -]?)\d{4}\1\d{4}\1\d{2}`, 400)],
  longest: 16,
  check: (written) => {
    const digits = digitsOf(written)
    const sum = weightedSum(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3])
    return verdict((10 - (sum % 10)) % 10 === digits[12], true)
  },
  cues: [
    'ahv',
    'ahv-nummer',
    'ahv-nr',
    'avs',
    'numéro avs',
    'numero avs',
    'sozialversicherungsnummer',
    'versichertennummer',
    'social security',
  ],
  source:
    'https://www.zas.admin.ch/zas/en/home/partenaires-et-institutions-/unique-person-identification--upi-/description-of-the-13-digit-ahv-nu.html',
}

/** Identification of a company: `CHE`, nine digits, modulus 11, perhaps what tax it is for. */
const chUid: PatternRecognizer = {
  entity: 'CH_UID',
  label: 'CH_UID',
  aliases: ['CH_VAT', 'CH_IDE'],
  forms: [upperForm(String.raw`CHE[- ]?\d{3}([. ]?)\d{3}\1\d{3}(?: (?:MWST|TVA|IVA|HR))?`, 600)],
  longest: 20,
  check: (written) => {
    const digits = digitsOf(written)
    const check = (11 - (weightedSum(digits, [5, 4, 3, 2, 7, 6, 5, 4]) % 11)) % 11
    return verdict(check === digits[8], true)
  },
  cues: [
    'uid',
    'ide',
    'mwst',
    'mwst-nummer',
    'tva',
    'iva',
    'unternehmens-identifikationsnummer',
    'vat',
  ],
  source:
    'https://www.bfs.admin.ch/bfs/en/home/registers/enterprise-register/enterprise-identification.html',
}

/** Switzerland. */
export const ch = [chAhv, chUid]
