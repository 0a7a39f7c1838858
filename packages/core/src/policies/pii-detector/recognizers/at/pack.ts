import { compact, digitsOf, isGrouped, verdict } from '../check-digits/compact.ts'
import { isDay } from '../check-digits/dates.ts'
import { isOrdinaryNumber } from '../check-digits/ordinary-number.ts'
import { crossSum, weightedSum } from '../check-digits/weighted-sum.ts'
import { form, upperForm } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** Social security number: serial of three digits, check digit, birth date. */
const atSvnr: PatternRecognizer = {
  entity: 'AT_SVNR',
  label: 'AT_SVNR',
  aliases: ['AT_SOCIAL_SECURITY', 'AT_SSN'],
  forms: [
    form(String.raw`[1-9]\d{3}[ /-]\d{6}|[1-9]\d{3}[ /-]\d{2}[.]?\d{2}[.]?\d{2}`, 300),
    form(String.raw`[1-9]\d{9}`, 100),
  ],
  longest: 13,
  check: (written) => {
    const digits = digitsOf(written)
    const [day, month] = [
      Number(compact(written).slice(4, 6)),
      Number(compact(written).slice(6, 8)),
    ]
    // Months beyond 12 were given where a day had no numbers left.
    const isBirth = isDay(month > 12 && month < 16 ? 12 : month, day)
    const sum = weightedSum(digits, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6])
    return verdict(
      isBirth && sum % 11 === digits[3],
      isGrouped(written) || !isOrdinaryNumber(compact(written)),
    )
  },
  cues: [
    'sozialversicherungsnummer',
    'svnr',
    'sv-nummer',
    'sv-nr',
    'versicherungsnummer',
    'e-card',
    'social security',
    'social security number',
  ],
  source: 'https://www.sozialversicherung.at/; ASVG § 31',
}

/** VAT number: `ATU`, seven digits, check digit. */
const atVat: PatternRecognizer = {
  entity: 'AT_VAT',
  label: 'AT_VAT',
  aliases: ['AT_UID'],
  forms: [upperForm(String.raw`ATU ?\d{8}`, 600)],
  longest: 12,
  check: (written) => {
    const digits = digitsOf(written)
    return verdict((106 - (crossSum(digits, [1, 2, 1, 2, 1, 2, 1]) % 10)) % 10 === digits[7], true)
  },
  cues: ['uid', 'uid-nummer', 'ust-id', 'umsatzsteuer-identifikationsnummer', 'vat', 'vat number'],
  source: 'https://www.bmf.gv.at/; Umsatzsteuergesetz 1994, Artikel 28',
}

/** Austria. */
export const at = [atSvnr, atVat]
