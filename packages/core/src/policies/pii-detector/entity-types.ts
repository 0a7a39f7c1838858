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
    aliases: ['CREDIT_DEBIT_NUMBER', 'CREDIT_CARD_NUMBER', 'CARD_NUMBER', 'CARD', 'PAYMENT_CARD'],
  },
  IBAN_CODE: { label: 'IBAN', aliases: ['IBAN'] },
  IP_ADDRESS: { label: 'IP', aliases: ['IP'] },
  URL: { label: 'URL', aliases: ['DOMAIN_NAME', 'WEBSITE', 'WEB_ADDRESS'] },
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

// What only a language model of names and places can tell.
const pluginNames = new Set(
  `ADDRESS STREET_ADDRESS LOCATION LOC GPE ORGANIZATION ORG COMPANY NRP NORP AGE TITLE GENDER NATIONALITY RELIGION
  ETHNICITY JOB_TITLE PROFESSION USERNAME`.split(/\s+/),
)

// Names that other detectors and the hosted product use for what this version does not look for.
const laterNames = new Set(
  `PASSWORD AWS_ACCESS_KEY AWS_SECRET_KEY PIN LICENSE_PLATE UK_UNIQUE_TAXPAYER_REFERENCE_NUMBER
  UK_NATIONAL_HEALTH_SERVICE_NUMBER IN_NREGA IN_PERMANENT_ACCOUNT_NUMBER CA_SOCIAL_INSURANCE_NUMBER`.split(
    /\s+/,
  ),
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

// Names that mean a kind of value whatever the country: every entity that the rule takes in.
const groups: Readonly<Record<string, RegExp>> = {
  TAX_ID: /^(?:US_ITIN|US_EIN|[A-Z]{2}_TAX_ID)$/,
  BANK_ACCOUNT: /^(?:IBAN_CODE|[A-Z]{2}_BANK_(?:NUMBER|ACCOUNT))$/,
  BANK_ACCOUNT_NUMBER: /^(?:IBAN_CODE|[A-Z]{2}_BANK_(?:NUMBER|ACCOUNT))$/,
  PASSPORT: /^[A-Z]{2}_PASSPORT$/,
  PASSPORT_NUMBER: /^[A-Z]{2}_PASSPORT$/,
  ...Object.fromEntries(
    ['DRIVER_LICENSE', 'DRIVERS_LICENSE', 'DRIVER_LICENCE', 'DRIVING_LICENCE', 'DRIVER_ID'].map(
      (name) => [name, /^[A-Z]{2}_(?:DRIVERS?_LICEN[CS]E|DRIVING_LICEN[CS]E)$/],
    ),
  ),
}

/** The recogniser of an entity; `undefined` when it has a detector of its own. */
export function recognizerFor(entity: EntityName): PatternRecognizer | undefined {
  return recognizerOf.get(entity)
}

/** A name as configurations compare it: `social security-number` is `SOCIAL_SECURITY_NUMBER`. */
export function plainName(name: string): string {
  return name
    .trim()
    .toUpperCase()
    .replace(/[\s-]+/g, '_')
}

/** The entity that a configuration means by `name` (any case, alias or canonical), or `null`. */
export function entityNamed(name: string): EntityName | null {
  return byName.get(plainName(name)) ?? null
}

/** The entities that a configuration means by `name`: one, or those of a group such as `PASSPORT`; none when it is unknown. */
export function entitiesNamed(name: string): readonly EntityName[] {
  const one = entityNamed(name)
  if (one !== null) return [one]
  const group = groups[plainName(name)]
  return group === undefined ? [] : entityNames.filter((entity) => group.test(entity))
}

/** True for an entity that only a recogniser plug-in can find. */
export function needsPlugin(name: string): boolean {
  return pluginNames.has(plainName(name))
}

/** True for an entity that exists elsewhere but is not looked for in this version. */
export function isLaterEntity(name: string): boolean {
  return laterNames.has(plainName(name))
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
