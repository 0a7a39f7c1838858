import type { Direction } from '../../message/segment.ts'
import { Claims } from './claims.ts'
import type { DetectionPlan } from './detection-plan.ts'
import { digitGroups } from './digit-groups.ts'
import { findCardDetails } from './entities/card-details.ts'
import { findCreditCards } from './entities/credit-card.ts'
import { findCustomMatches } from './entities/custom-pattern.ts'
import { findEmailAddresses } from './entities/email-address.ts'
import { findIbanCodes } from './entities/iban-code.ts'
import { findIpv4Addresses, findIpv6Addresses } from './entities/ip-address.ts'
import { findPersons } from './entities/person.ts'
import { findPhoneNumbers } from './entities/phone-number.ts'
import { findUrlPaths } from './entities/url-path.ts'
import { findUsSsns } from './entities/us-ssn.ts'
import type { Detected, Inspection, TextPart } from './entity-detector.ts'
import type { EntityName } from './entity-types.ts'
import { mergeOverlaps } from './merge-overlaps.ts'

type Find = (inspection: Inspection) => Iterable<Detected>

// Exact forms first: what one of them has taken cannot be read as a phone number or a name any more,
// whether the configuration asks for it or not.
const exact: readonly (readonly [EntityName, Find])[] = [
  ['EMAIL_ADDRESS', findEmailAddresses],
  ['IBAN_CODE', findIbanCodes],
  ['CREDIT_CARD', findCreditCards],
  ['US_SSN', findUsSsns],
  ['IP_ADDRESS', findIpv6Addresses],
  ['IP_ADDRESS', findIpv4Addresses],
]

/** Finds the plan's entities in normalised text: sorted, not overlapping. Linear in the text's length. */
export function findEntities(text: string, direction: Direction, plan: DetectionPlan): Detected[] {
  const search = new Search(text, direction, plan)
  const found = builtIn(search, plan)
  const custom = findCustomMatches({ ...search.inspection, text }, plan.patterns)
  return mergeOverlaps([...found, ...custom])
}

/** Finds the plan's built-in entities in a part of an answer: sorted, not overlapping. What begins before the part may be among them. */
export function findInPart(text: string, part: TextPart, plan: DetectionPlan): Detected[] {
  return mergeOverlaps(builtIn(new Search(text, 'response', plan, part), plan))
}

function builtIn(search: Search, plan: DetectionPlan): readonly Detected[] {
  if (mayHoldValue.test(search.inspection.text)) findValues(search, plan)
  else if (plan.cardDetails) search.run('CREDIT_CARD', findCardDetails)
  if (plan.entities.has('PERSON')) search.run('PERSON', findPersons)
  return search.found
}

/** Whatever is no name has a digit, an `@` or a colon. */
const mayHoldValue = /[0-9@:]/

function findValues(search: Search, plan: DetectionPlan): void {
  for (const [entity, find] of exact) search.run(entity, find)
  if (plan.cardDetails) search.run('CREDIT_CARD', findCardDetails)
  if (plan.entities.has('PHONE_NUMBER')) search.run('PHONE_NUMBER', findPhoneNumbers)
}

/** One pass over one text. Each detector reads the text without what the ones before it have taken. */
class Search {
  readonly found: Detected[] = []
  inspection: Inspection
  readonly #text: string
  readonly #plan: DetectionPlan

  constructor(text: string, direction: Direction, plan: DetectionPlan, part?: TextPart) {
    const urls = new Claims(text.length)
    for (const url of findUrlPaths(text)) urls.claim(url.start, url.end)
    this.#text = text
    this.#plan = plan
    this.inspection = {
      text,
      direction,
      digits: digitGroups(text),
      claims: new Claims(text.length),
      urls,
      mailboxes: [],
      part,
      phoneRegions: plan.phoneRegions,
      personMode: plan.personMode,
    }
  }

  /** Runs one detector and claims each finding before it looks for the next; its findings are reported when the plan asks for the entity. */
  run(entity: EntityName, find: Find): void {
    const { claims, mailboxes } = this.inspection
    const taken: Detected[] = []
    for (const one of find(this.inspection)) {
      if (!claims.isFree(one.start, one.end)) continue
      claims.claim(one.start, one.end)
      taken.push(one)
    }
    if (taken.length === 0) return
    // One by one: more arguments than the stack holds would fail the whole inspection.
    if (this.#plan.entities.has(entity)) for (const one of taken) this.found.push(one)
    const text = claims.hideIn(this.#text)
    this.inspection = {
      ...this.inspection,
      text,
      digits: digitGroups(text),
      mailboxes:
        entity === 'EMAIL_ADDRESS' ? taken.map((email) => this.#localPart(email)) : mailboxes,
    }
  }

  #localPart({ start, end }: Detected): string {
    return this.#text.slice(start, end).split('@', 1)[0] ?? ''
  }
}
