import { closest } from '../../config/suggest.ts'
import type { PatternRecognizer } from './recognizers/pattern-recognizer.ts'
import { recognizers } from './recognizers/recognizers.ts'

/** What is known about one kind of personal data. */
interface EntityType {
  /** The word in its label marker: `EMAIL` makes `[EMAIL_REDACTED]`. */
  readonly label: string
  /** Other names that configurations use, upper-case. */
  readonly aliases: readonly string[]
}

/** The entities that have detectors of their own, by canonical name. Recognisers add theirs. */
export const entityTypes = {
  EMAIL_ADDRESS: { label: 'EMAIL', aliases: ['EMAIL', 'E_MAIL', 'MAIL'] },
  PHONE_NUMBER: { label: 'PHONE', aliases: ['PHONE', 'TELEPHONE', 'TELEPHONE_NUMBER'] },
  US_SSN: { label: 'SSN', aliases: ['SSN', 'SOCIAL_SECURITY_NUMBER'] },
  CREDIT_CARD: {
    label: 'CREDIT_CARD',
    aliases: ['CREDIT_DEBIT_NUMBER', 'CREDIT_CARD_NUMBER', 'CARD_NUMBER', 'PAYMENT_CARD'],
  },
  IBAN_CODE: { label: 'IBAN', aliases: ['IBAN'] },
  IP_ADDRESS: { label: 'IP', aliases: ['IP'] },
  PERSON: { label: 'PERSON', aliases: ['NAME', 'PERSON_NAME', 'FULL_NAME'] },
} as const satisfies Record<string, EntityType>

/** Canonical name of an entity that a configuration may name: of this table or of a recogniser. */
export type EntityName = string

/** Everything a finding's type can be: entities, customers' patterns and terms, and what `pci_mode` adds. */
export type FindingType = string

/** What is looked for when a configuration names no entities (decision C6). */
export const defaultEntities = [
  'EMAIL_ADDRESS',
  'PHONE_NUMBER',
  'US_SSN',
  'IP_ADDRESS',
  'CREDIT_CARD',
  'IBAN_CODE',
] as const satisfies readonly (keyof typeof entityTypes)[]

// Names that other detectors and the hosted product use for what this version does not look for.
const laterNames = new Set(
  `ADDRESS STREET_ADDRESS LOCATION ORGANIZATION ORG NRP AGE DATE DATE_TIME DATE_OF_BIRTH DOB BIRTH_DATE ZIP_CODE
  POSTAL_CODE URL DOMAIN_NAME MAC_ADDRESS CRYPTO TITLE GENDER NATIONALITY USERNAME PASSWORD MEDICAL_LICENSE
  MEDICAL_RECORD_NUMBER MRN NPI INSURANCE_ID HEALTH_INSURANCE_ID CVV CARD_HOLDER CREDIT_DEBIT_CVV CREDIT_DEBIT_EXPIRY
  BANK_ACCOUNT BANK_ACCOUNT_NUMBER US_BANK_NUMBER ROUTING_NUMBER BANK_ROUTING ABA_ROUTING_NUMBER SWIFT_CODE PIN
  TAX_ID PASSPORT PASSPORT_NUMBER DRIVER_ID DRIVER_LICENSE DRIVERS_LICENSE LICENSE_PLATE VEHICLE_IDENTIFICATION_NUMBER
  US_DRIVER_LICENSE US_ITIN US_PASSPORT US_MBI US_NPI UK_NHS UK_NINO UK_PASSPORT UK_POSTCODE UK_DRIVING_LICENCE
  ES_NIF ES_NIE IT_FISCAL_CODE IT_DRIVER_LICENSE IT_VAT_CODE IT_PASSPORT IT_IDENTITY_CARD PL_PESEL SG_NRIC_FIN SG_UEN
  AU_ABN AU_ACN AU_TFN AU_MEDICARE IN_PAN IN_AADHAAR IN_VEHICLE_REGISTRATION IN_VOTER IN_PASSPORT IN_GSTIN
  FI_PERSONAL_IDENTITY_CODE KR_RRN TH_TNIN CA_SIN DE_TAX_ID`.split(/\s+/),
)

const recognizerOf = new Map(recognizers.map((one) => [one.entity, one]))

/** Every entity that this version finds, by canonical name. */
export const entityNames: readonly EntityName[] = [
  ...Object.keys(entityTypes),
  ...recognizerOf.keys(),
]

const byName = new Map<string, EntityName>()
for (const name of entityNames) {
  byName.set(name, name)
  for (const alias of typeOf(name)?.aliases ?? []) byName.set(alias, name)
}

function typeOf(name: EntityName): EntityType | undefined {
  return recognizerOf.get(name) ?? entityTypes[name as keyof typeof entityTypes]
}

/** The recogniser of an entity; `undefined` when it has a detector of its own. */
export function recognizerFor(entity: EntityName): PatternRecognizer | undefined {
  return recognizerOf.get(entity)
}

function plain(name: string): string {
  return name
    .trim()
    .toUpperCase()
    .replace(/[\s-]+/g, '_')
}

/** The entity that a configuration means by `name` (any case, alias or canonical), or `null`. */
export function entityNamed(name: string): EntityName | null {
  return byName.get(plain(name)) ?? null
}

/** True for an entity that exists elsewhere but is not looked for in this version. */
export function isLaterEntity(name: string): boolean {
  return laterNames.has(plain(name))
}

/** The word in the label marker of a finding's type. */
export function markerLabel(type: FindingType): string {
  return typeOf(type)?.label ?? type
}

/** Accepted spellings of entity names, as `valueAliases` wants them: aliases and lower-case forms to canonical names. */
export function entitySpellings(): Readonly<Record<string, EntityName>> {
  const spellings: Record<string, EntityName> = {}
  for (const [name, canonical] of byName) {
    if (name !== canonical) spellings[name] = canonical
    spellings[name.toLowerCase()] = canonical
  }
  return spellings
}

/** The known entity that a misspelt name most likely means, or `null` when nothing is near. */
export function nearestEntity(name: string): EntityName | null {
  const near = closest(name, [...byName.keys()])
  return near === null ? null : entityNamed(near)
}
