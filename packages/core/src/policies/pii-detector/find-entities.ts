import type { Direction } from '../../message/segment.ts'
import { mergeOverlaps } from '../../scan/merge-overlaps.ts'
import { Claims } from './claims.ts'
import { findDenied } from './denied-terms.ts'
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
import { findUrls } from './entities/url.ts'
import { findUrlPaths } from './entities/url-path.ts'
import { findUsSsns } from './entities/us-ssn.ts'
import type { Detected, Inspection, TextPart } from './entity-detector.ts'
import type { EntityName } from './entity-types.ts'
import { reported } from './finding-rules.ts'
import { findRecognized } from './recognizers/find-recognized.ts'

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
  const counting = custom.filter(({ start, end }) => !plan.rules.isAllowed(text.slice(start, end)))
  return mergeOverlaps([...found, ...counting])
}

/** Finds the plan's built-in entities in a part of an answer: sorted, not overlapping. What begins before the part may be among them. */
export function findInPart(text: string, part: TextPart, plan: DetectionPlan): Detected[] {
  return mergeOverlaps(builtIn(new Search(text, 'response', plan, part), plan))
}

function builtIn(search: Search, plan: DetectionPlan): readonly Detected[] {
  const mayHoldNumber = mayHoldValue.test(search.inspection.text)
  if (mayHoldNumber) for (const [entity, find] of exact) search.run(entity, find)
  if (plan.cardDetails) search.run('CREDIT_CARD', findCardDetails)
  search.recognize()
  if (mayHoldNumber && plan.entities.has('PHONE_NUMBER'))
    search.run('PHONE_NUMBER', findPhoneNumbers)
  if (plan.entities.has('PERSON')) search.run('PERSON', findPersons)
  search.addUrls()
  search.addDenied()
  return search.found
}

/** Whatever is no name has a digit, an `@` or a colon. */
const mayHoldValue = /[0-9@:]/

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
      cardEnds: new Set(),
      part,
      phoneRegions: plan.phoneRegions,
      personMode: plan.personMode,
    }
  }

  /** Runs one detector and claims each finding before it looks for the next; its findings are reported when the plan asks for the entity. */
  run(entity: EntityName, find: Find): void {
    const taken = this.#take(find(this.inspection))
    if (taken.length === 0) return
    if (this.#plan.entities.has(entity)) this.#add(this.#counting(taken))
    this.#remember(entity, taken)
  }

  /** Runs the plan's recognisers, all of them in one pass. */
  recognize(): void {
    const { recognizers, rules } = this.#plan
    if (recognizers === null) return
    const found = this.#take(findRecognized(this.inspection, recognizers, rules))
    this.#add(found.filter(({ start, end }) => !rules.isAllowed(this.#text.slice(start, end))))
  }

  /** Adds URLs, whatever was found within them. */
  addUrls(): void {
    if (this.#plan.entities.has('URL')) this.#add(this.#counting(findUrls(this.#text)))
  }

  /** Adds the terms that are always reported. */
  addDenied(): void {
    if (this.#plan.denied !== null) this.#add(findDenied(this.#text, this.#plan.denied))
  }

  /** One by one: more arguments than the stack holds would fail the whole inspection. */
  #add(found: readonly Detected[]): void {
    for (const one of found) this.found.push(one)
  }

  /** What of the findings counts, by the customer's rules. */
  #counting(found: readonly Detected[]): readonly Detected[] {
    const { rules } = this.#plan
    const place = { text: this.#text, direction: this.inspection.direction }
    return found.flatMap((one) => {
      const counting = reported(one, { ...place, start: one.start, end: one.end }, rules)
      return counting === null ? [] : [counting]
    })
  }

  /** Claims the findings whose place is free, and shows the next detector the text without them. */
  #take(found: Iterable<Detected>): readonly Detected[] {
    const { claims } = this.inspection
    const taken: Detected[] = []
    for (const one of found) {
      if (!claims.isFree(one.start, one.end)) continue
      claims.claim(one.start, one.end)
      taken.push(one)
    }
    if (taken.length === 0) return taken
    const text = claims.hideIn(this.#text)
    this.inspection = { ...this.inspection, text, digits: digitGroups(text) }
    return taken
  }

  /** What later detectors want to know of what was found. */
  #remember(entity: EntityName, taken: readonly Detected[]): void {
    if (entity === 'EMAIL_ADDRESS')
      this.inspection = { ...this.inspection, mailboxes: taken.map((one) => this.#localPart(one)) }
    if (entity === 'CREDIT_CARD')
      this.inspection = { ...this.inspection, cardEnds: new Set(taken.map(({ end }) => end)) }
  }

  #localPart({ start, end }: Detected): string {
    return this.#text.slice(start, end).split('@', 1)[0] ?? ''
  }
}
