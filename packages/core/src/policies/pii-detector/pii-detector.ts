import type { Direction, Segment } from '../../message/segment.ts'
import type { MappedText } from '../../text/mapped-text.ts'
import type { Match, Policy } from '../policy.ts'
import { definePolicy } from '../policy.ts'
import { createPlan } from './detection-plan.ts'
import type { Detected } from './entity-detector.ts'
import { entitySpellings } from './entity-types.ts'
import { findEntities } from './find-entities.ts'
import { createMarkers } from './markers.ts'
import { mergeOverlaps } from './merge-overlaps.ts'
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
    const readings = readingsOf(text)
    const found = readings.flatMap((reading) => detect(reading, direction))
    // Two readings show much the same, and where they differ all that either shows must go.
    return (readings.length === 1 ? found : mergeOverlaps(found)).map((one) => toMatch(one, text))
  }

  /** Findings in offsets of the text under the reading. */
  function detect(reading: MappedText, direction: Direction): Detected[] {
    return findEntities(reading.text, direction, plan)
      .filter(({ start, end }) => !markers.isMarker(reading.text, start, end))
      .map((found) => ({ ...found, ...reading.toOriginalSpan(found.start, found.end) }))
  }

  function toMatch({ rule, type, score, start, end }: Detected, text: string): Match {
    const match: Match = { rule, type, start, end, score, action: options.action }
    if (options.action === 'block') return match
    return { ...match, replacement: markers.replacement(type, text.slice(start, end)) }
  }
}
