import type { CountryCode } from 'libphonenumber-js/min'
import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import type { FindingType } from '../entity-types.ts'
import { readingsOf } from '../readings.ts'

/** What is the same for all spellings of a value: one person writes a number with spaces, the next one without. */
export function valueKey(type: FindingType, written: string, regions: readonly string[]): string {
  const value = readingsOf(written).at(-1)?.text ?? written
  switch (type) {
    case 'EMAIL_ADDRESS':
    case 'IP_ADDRESS':
      return value.toLowerCase()
    case 'PHONE_NUMBER':
      return phoneKey(value, regions)
    case 'PERSON':
    case 'CARD_HOLDER':
      return value.toLowerCase().split(/\s+/).join(' ')
    case 'CUSTOM':
      return value
    default:
      return value.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase()
  }
}

/** E.164 where the number can be read, its digits otherwise. */
function phoneKey(value: string, regions: readonly string[]): string {
  for (const region of regions) {
    const options = { defaultCountry: region as CountryCode, extract: false }
    const parsed = parsePhoneNumberFromString(value, options)
    if (parsed?.isPossible() === true) return `${parsed.number} ${parsed.ext ?? ''}`.trimEnd()
  }
  return value.replace(/[^0-9]/g, '')
}
