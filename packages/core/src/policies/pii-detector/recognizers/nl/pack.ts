import { compact, digitsOf, verdict } from '../check-digits/compact.ts'
import { isRepeated, weightedSum } from '../check-digits/weighted-sum.ts'
import { form, upperForm } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** Citizen service number: nine digits (eight before 2007), the check of eleven. */
const nlBsn: PatternRecognizer = {
  entity: 'NL_BSN',
  label: 'BSN',
  aliases: ['BSN', 'BURGERSERVICENUMMER'],
  forms: [form(String.raw`\d{8,9}|\d{3}([ .-])\d{3}\1\d{3}|\d{4}([ .])\d{2}\2\d{3}`, 100)],
  longest: 11,
  check: (written) => {
    const digits = digitsOf(compact(written).padStart(9, '0'))
    const isRight = weightedSum(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0
    return verdict(isRight && !isRepeated(digits), /[.-]/.test(written))
  },
  cues: [
    'bsn',
    'burgerservicenummer',
    'sofinummer',
    'sofi-nummer',
    'citizen service number',
    'persoonsnummer',
  ],
  source: 'https://www.rvig.nl/burgerservicenummer; Besluit burgerservicenummer',
}

/** VAT number: `NL`, nine digits, `B`, two digits; since 2020 checked with modulus 97. */
const nlVat: PatternRecognizer = {
  entity: 'NL_VAT',
  label: 'NL_VAT',
  aliases: ['NL_BTW'],
  forms: [upperForm(String.raw`NL ?\d{4}\.?\d{2}\.?\d{3}\.?B\.?\d{2}`, 850)],
  longest: 19,
  cues: ['btw', 'btw-nummer', 'btw-id', 'vat', 'vat number', 'omzetbelasting'],
  source: 'https://www.belastingdienst.nl/wps/wcm/connect/nl/btw/content/btw-identificatienummer',
}

/** Passport and identity card: nine signs, the last a digit, without the letter O. */
const nlPassport: PatternRecognizer = {
  entity: 'NL_PASSPORT',
  label: 'NL_PASSPORT',
  aliases: ['NL_ID_CARD', 'DUTCH_PASSPORT'],
  forms: [upperForm(String.raw`[A-NP-Z]{2}[0-9A-NP-Z]{6}\d`, 150)],
  longest: 9,
  cues: [
    'paspoort',
    'paspoortnummer',
    'identiteitskaart',
    'id-kaart',
    'documentnummer',
    'passport',
    'passport number',
    'identity card',
  ],
  source: 'https://www.rvig.nl/reisdocumenten; ICAO Doc 9303',
}

/** Postal code behind a word for it. */
const nlPostcode: PatternRecognizer = {
  entity: 'NL_POSTCODE',
  label: 'NL_POSTCODE',
  aliases: ['NL_POSTAL_CODE'],
  forms: [upperForm(String.raw`[1-9]\d{3} ?(?!SA|SD|SS)[A-Z]{2}`, 250)],
  longest: 7,
  cues: ['postcode', 'adres', 'address', 'postal code', 'zip code', 'woonplaats'],
  source: 'https://www.postnl.nl/; NEN 5825',
}

/** Netherlands. */
export const nl = [nlBsn, nlVat, nlPassport, nlPostcode]
