import { compact, digitsOf, verdict } from '../check-digits/compact.ts'
import { passesMod11And10 } from '../check-digits/iso-7064.ts'
import { form, upperForm } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** Tax identification number of a person: eleven digits, of the first ten one stands there two or three times. */
export const deTaxId: PatternRecognizer = {
  entity: 'DE_TAX_ID',
  label: 'DE_TAX_ID',
  aliases: ['STEUER_ID', 'STEUER_IDNR', 'STEUERIDENTIFIKATIONSNUMMER'],
  forms: [
    form(String.raw`[1-9]\d{10}`, 300),
    form(String.raw`[1-9]\d([ ./-])\d{3}\1\d{3}\1\d{3}`, 400),
  ],
  longest: 14,
  check: (written) => {
    const digits = digitsOf(written)
    return verdict(passesMod11And10(digits) && repeatsOneDigit(digits.slice(0, 10)), true)
  },
  cues: [
    'steuer-id',
    'steuerid',
    'steueridentifikationsnummer',
    'steuerliche identifikationsnummer',
    'identifikationsnummer',
    'idnr',
    'id-nr',
    'steuer-idnr',
    'steuernummer',
    'tin',
    'tax id',
    'tax number',
    'tax identification number',
    'bzst',
  ],
  source:
    'https://www.bzst.de/DE/Privatpersonen/SteuerlicheIdentifikationsnummer/steuerlicheidentifikationsnummer_node.html',
}

function repeatsOneDigit(digits: readonly number[]): boolean {
  const counts = new Map<number, number>()
  for (const digit of digits) counts.set(digit, (counts.get(digit) ?? 0) + 1)
  const repeated = [...counts.values()].filter((count) => count > 1)
  return repeated.length === 1 && (repeated[0] === 2 || repeated[0] === 3)
}

// What each state's tax offices begin with in the form for all of Germany.
const office = '(?:10|11|2[1-46-8]|3[0-2]|4[01]|5[1-3]|9[12])'

/** Tax number of a tax office: with slashes as the states write it, or thirteen digits for all of Germany. */
export const deTaxNumber: PatternRecognizer = {
  entity: 'DE_TAX_NUMBER',
  label: 'STEUERNUMMER',
  aliases: ['STEUERNUMMER', 'DE_STEUERNUMMER'],
  forms: [
    form(String.raw`\d{3}/\d{3}/\d{5}`, 500),
    form(String.raw`\d{2}/\d{3}/\d{5}|0\d{2} \d{3} \d{5}|\d{3}/\d{4}/\d{4}|\d{5}/\d{5}`, 300),
    form(String.raw`\d{2,3}[ /]\d{3,4}[ /]\d{4,5}`, 200),
    form(String.raw`${office}\d{2}0\d{8}`, 350),
    form(String.raw`0[1-9]\d{11}|1[0-6]\d{11}|\d{10,11}`, 50),
  ],
  longest: 14,
  cues: [
    'steuernummer',
    'steuer-nr',
    'steuernr',
    'st.-nr',
    'st-nr',
    'stnr',
    'finanzamt',
    'umsatzsteuer',
    'einkommensteuer',
    'koerperschaftsteuer',
    'körperschaftsteuer',
    'gewerbesteuer',
    'steuerbescheid',
    'german tax number',
    'tax number',
  ],
  source:
    'https://www.elster.de/elsterweb/infoseite/steuernummer; https://de.wikipedia.org/wiki/Steuernummer',
}

/** VAT identification number: `DE` and nine digits, ISO 7064 MOD 11,10. */
export const deVatId: PatternRecognizer = {
  entity: 'DE_VAT_ID',
  label: 'DE_VAT_ID',
  aliases: ['DE_VAT', 'DE_VAT_CODE', 'UST_ID', 'UST_IDNR'],
  forms: [upperForm(String.raw`DE[ .-]?[1-9]\d{2}([ .-]?)\d{3}\1\d{3}`, 450)],
  longest: 14,
  // Written examples often have a wrong digit; with a word before them they are taken all the same.
  check: (written) => passesMod11And10(digitsOf(written)) || undefined,
  cues: [
    'ust-idnr',
    'ust-id',
    'ustid',
    'ustidnr',
    'umsatzsteuer-identifikationsnummer',
    'umsatzsteueridentifikationsnummer',
    'umsatzsteuer-id',
    'vat',
    'vat id',
    'vat number',
    'mehrwertsteuer',
    'rechnung',
    'invoice',
    'finanzamt',
  ],
  source:
    'https://www.bzst.de/DE/Unternehmen/Identifikationsnummern/Umsatzsteuer-Identifikationsnummer/umsatzsteuer-identifikationsnummer_node.html',
}

/** Entry in the commercial register. */
export const deHandelsregister: PatternRecognizer = {
  entity: 'DE_HANDELSREGISTER',
  label: 'HANDELSREGISTER',
  aliases: ['DE_COMMERCIAL_REGISTER', 'HANDELSREGISTER'],
  forms: [upperForm(String.raw`HR[AB](?:[- ]?Nr\.?)?[: -]{0,2}\d{1,6}(?: ?[A-Z]{1,2})?`, 600)],
  longest: 18,
  check: (written) =>
    /\d/.test(compact(written)) && !/HR[AB]0+$/.test(compact(written)) ? undefined : false,
  cues: [
    'handelsregister',
    'handelsregisternummer',
    'amtsgericht',
    'registergericht',
    'registerauszug',
    'commercial register',
  ],
  source: 'Handelsregisterverordnung, § 13',
}
