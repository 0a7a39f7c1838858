import { digitsOf, verdict } from '../check-digits/compact.ts'
import { passesMod11And10 } from '../check-digits/iso-7064.ts'
import { form, upperForm } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** Personal identification number: eleven digits, ISO 7064 MOD 11,10. */
const hrOib: PatternRecognizer = {
  entity: 'HR_OIB',
  label: 'OIB',
  aliases: ['OIB', 'HR_VAT'],
  forms: [upperForm(String.raw`HR ?\d{11}`, 450), form(String.raw`\d{11}`, 100)],
  longest: 14,
  check: (written) => verdict(passesMod11And10(digitsOf(written)), /^HR/i.test(written)),
  cues: ['oib', 'osobni identifikacijski broj', 'personal identification number', 'vat'],
  source: 'https://www.porezna-uprava.hr/hr-en/Pages/PIN.aspx',
}

/** Croatia. */
export const hr = [hrOib]
