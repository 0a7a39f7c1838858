import { compact, digitsOf, verdict } from '../check-digits/compact.ts'
import { isDay } from '../check-digits/dates.ts'
import { weightedSum } from '../check-digits/weighted-sum.ts'
import { form } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

const first = [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]
const second = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]

/** National identity number: birth date (40 added to the day of D numbers), serial, two check digits of modulus 11. */
const noFodselsnummer: PatternRecognizer = {
  entity: 'NO_FODSELSNUMMER',
  label: 'FODSELSNUMMER',
  aliases: ['FODSELSNUMMER', 'NO_FNR', 'NO_NIN'],
  forms: [form(String.raw`[0-7]\d{5}[ -]?\d{5}`, 300)],
  longest: 12,
  check: (written) => {
    const digits = digitsOf(written)
    const [day, month] = [
      Number(compact(written).slice(0, 2)),
      Number(compact(written).slice(2, 4)),
    ]
    // The tax office's test people have 80 added to their month.
    const isBirth = isDay(month > 80 ? month - 80 : month, day > 40 ? day - 40 : day)
    const isRight = weightedSum(digits, first) % 11 === 0 && weightedSum(digits, second) % 11 === 0
    return verdict(isBirth && isRight, true)
  },
  cues: [
    'fødselsnummer',
    'fodselsnummer',
    'fødselsnr',
    'personnummer',
    'd-nummer',
    'fnr',
    'national identity number',
  ],
  source:
    'https://www.skatteetaten.no/en/person/national-registry/identitetsnummer/; Folkeregisterforskriften § 2-2-1',
}

/** Number of an organisation: nine digits, modulus 11. */
const noOrganisasjonsnummer: PatternRecognizer = {
  entity: 'NO_ORGANISASJONSNUMMER',
  label: 'ORGANISASJONSNUMMER',
  aliases: ['NO_ORGNR', 'ORGANISASJONSNUMMER'],
  forms: [form(String.raw`[89]\d{2}( ?)\d{3}\1\d{3}(?: ?MVA)?`, 100)],
  longest: 15,
  check: (written) =>
    verdict(
      weightedSum(digitsOf(written), [3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0,
      /MVA$/i.test(written),
    ),
  cues: [
    'organisasjonsnummer',
    'org.nr',
    'orgnr',
    'org nr',
    'foretaksnummer',
    'organisation number',
    'mva',
  ],
  source:
    'https://www.brreg.no/en/about-us-2/our-registers/about-the-central-coordinating-register-for-legal-entities-ccr/about-the-organisation-number/',
}

/** Norway. */
export const no = [noFodselsnummer, noOrganisasjonsnummer]
