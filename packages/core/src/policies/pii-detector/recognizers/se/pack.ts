import { passesLuhn } from '../../luhn.ts'
import { compact, isGrouped, verdict } from '../check-digits/compact.ts'
import { isDay } from '../check-digits/dates.ts'
import { isOrdinaryNumber } from '../check-digits/ordinary-number.ts'
import { form } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** True when six digits from `start` are a birth date; 60 is added to the day of people who are registered for a time. */
function hasBirth(digits: string): boolean {
  const day = Number(digits.slice(4, 6))
  return isDay(Number(digits.slice(2, 4)), day > 60 ? day - 60 : day)
}

/** Personal identity number: birth date, `-` (or `+` from the age of 100), serial, Luhn digit over the last ten. */
const sePersonnummer: PatternRecognizer = {
  entity: 'SE_PERSONNUMMER',
  label: 'PERSONNUMMER',
  aliases: ['PERSONNUMMER', 'SE_SSN'],
  forms: [
    form(String.raw`(?:18|19|20)?\d{6}[-+]\d{4}`, 400),
    form(String.raw`(?:18|19|20)?\d{6} ?\d{4}`, 100),
  ],
  longest: 13,
  check: (written) => {
    const digits = compact(written).slice(-10)
    return verdict(hasBirth(digits) && passesLuhn(digits), true)
  },
  cues: [
    'personnummer',
    'person-nr',
    'pnr',
    'svenskt personnummer',
    'samordningsnummer',
    'svensk id',
    'personal identity number',
    'personal number',
    'ssn',
  ],
  source: 'https://www.skatteverket.se/; Folkbokföringslag (1991:481), 18 §',
}

/** Number of an organisation: the third digit is at least 2, so that it is no birth date. */
const seOrganisationsnummer: PatternRecognizer = {
  entity: 'SE_ORGANISATIONSNUMMER',
  label: 'ORGANISATIONSNUMMER',
  aliases: ['ORGANISATIONSNUMMER', 'SE_ORGNR'],
  forms: [
    form(String.raw`(?:16)?[1-35-9]\d[2-9]\d{3}-\d{4}`, 400),
    form(String.raw`(?:16)?[1-35-9]\d[2-9]\d{7}`, 100),
  ],
  longest: 13,
  check: (written) => {
    const digits = compact(written)
    return verdict(passesLuhn(digits.slice(-10)), isGrouped(written) || !isOrdinaryNumber(digits))
  },
  cues: [
    'organisationsnummer',
    'org-nr',
    'orgnr',
    'org nr',
    'org.nr',
    'företagsnummer',
    'organisation number',
    'company number',
  ],
  source: 'Lag (1974:174) om identitetsbeteckning för juridiska personer m.fl.',
}

/** Sweden. */
export const se = [sePersonnummer, seOrganisationsnummer]
