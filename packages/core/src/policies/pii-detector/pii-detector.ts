import type { Direction, Segment } from '../../message/segment.ts'
import type { MappedText } from '../../text/mapped-text.ts'
import type { Match, Policy } from '../policy.ts'
import { definePolicy } from '../policy.ts'
import { createPlan } from './detection-plan.ts'
import { entitySpellings } from './entity-types.ts'
import { findEntities } from './find-entities.ts'
import { createMarkers } from './markers.ts'
import { findOptionProblems } from './option-problems.ts'
import type { PiiDetectorOptions } from './options.ts'
import { readingsOf } from './readings.ts'
import { schema } from './schema.ts'

/** Finds personal data in requests and answers and redacts it or refuses the call. */
export const piiDetector = definePolicy<PiiDetectorOptions>({
  kind: 'pii-detector',
  summary: 'Redacts or blocks personal data: e-mail, phone, SSN, card, IBAN, IP address, names.',
  directions: ['request', 'response'],
  reasonCode: 'pii_detected',
  schema,
  spellings: [
    ['categories', 'entities'],
    ['entity_types', 'entities'],
  ],
  valueAliases: { entities: entitySpellings() },
  check: findOptionProblems,
  create,
})

function create(options: PiiDetectorOptions): Policy {
  const plan = createPlan(options)
  const markers = createMarkers(options.redaction)
  return { inspect, blockMessage: 'The text holds personal data that may not be sent.' }

  function inspect({ text }: Segment, direction: Direction): readonly Match[] {
    const [first, ...others] = readingsOf(text).map((reading) =>
      inspectAs(reading, text, direction),
    )
    if (first === undefined || others.length === 0) return first ?? []
    // Most of what one reading shows, the other shows too.
    const seen = new Set(first.map(identityOf))
    return [...first, ...others.flat().filter((match) => !seen.has(identityOf(match)))]
  }

  function inspectAs(view: MappedText, text: string, direction: Direction): readonly Match[] {
    const matches: Match[] = []
    for (const found of findEntities(view.text, direction, plan)) {
      if (markers.isMarker(view.text, found.start, found.end)) continue
      const { start, end } = view.toOriginalSpan(found.start, found.end)
      const { rule, type, score } = found
      const action = options.action
      const match: Match = { rule, type, start, end, score, action }
      if (action === 'block') matches.push(match)
      else
        matches.push({ ...match, replacement: markers.replacement(type, text.slice(start, end)) })
    }
    return matches
  }
}

function identityOf({ type, start, end }: Match): string {
  return `${type} ${start} ${end}`
}
