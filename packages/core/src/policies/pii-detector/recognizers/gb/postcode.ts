import { form, upperForm } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

// Postcode areas of Royal Mail, with the islands and the forces.
const area =
  '(?:A[BL]|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|JE|K[ATWY]|L[ADELNSU]?|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE)'
const inward = String.raw`\d[ABD-HJLNP-UW-Z]{2}`

/** Postcode. Capital letters, a known area and the space make it plain; the shortest ones and others need a word such as `postcode`. */
export const ukPostcode: PatternRecognizer = {
  entity: 'UK_POSTCODE',
  label: 'UK_POSTCODE',
  aliases: ['GB_POSTCODE', 'UK_POSTAL_CODE'],
  forms: [
    upperForm(String.raw`${area}(?:\d{2}|\d[A-HJKMNPR-Y]) ${inward}|GIR 0AA`, 550),
    upperForm(String.raw`(?!.\d)${area}\d ${inward}`, 550),
    form(String.raw`${area}\d(?:\d|[A-HJKMNPR-Y])?[ -]?${inward}|GIR ?0AA`, 150),
  ],
  longest: 8,
  cues: [
    'postcode',
    'post code',
    'postal code',
    'zip',
    'zip code',
    'address',
    'delivery',
    'shipping',
    'mailing',
    'correspondence',
    'lives at',
    'live at',
  ],
  source:
    'BS 7666-2; https://www.gov.uk/government/publications/bulk-data-transfer-for-sponsors-xml-schema',
}
