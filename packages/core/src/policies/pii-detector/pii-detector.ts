import type { Direction, Segment } from '../../message/segment.ts'
import type { MappedText } from '../../text/mapped-text.ts'
import type { Match, Policy, TextScanner } from '../policy.ts'
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
import { AnswerScanner } from './scan/answer-scanner.ts'
import { shapePattern } from './scan/pattern-scanner.ts'
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
  const patterns = plan.patterns.map(shapePattern)
  return { inspect, scan, blockMessage: 'The text holds personal data that may not be sent.' }

  function inspect({ text }: Segment, direction: Direction): readonly Match[] {
    const readings = readingsOf(text)
    const found = readings.flatMap((reading) => detect(reading, direction))
    // Two readings show much the same, and where they differ all that either shows must go.
    return (readings.length === 1 ? found : mergeOverlaps(found)).map((one) =>
      toMatch(one, text.slice(one.start, one.end)),
    )
  }

  function scan(): TextScanner<Match> {
    return new AnswerScanner({ plan, patterns, markers, toMatch })
  }

  /** Findings in offsets of the text under the reading. */
  function detect(reading: MappedText, direction: Direction): Detected[] {
    return findEntities(reading.text, direction, plan)
      .filter(({ start, end }) => !markers.isMarker(reading.text, start, end))
      .map((found) => ({ ...found, ...reading.toOriginalSpan(found.start, found.end) }))
  }

  function toMatch({ rule, type, score, start, end, proven }: Detected, value: string): Match {
    const sure = proven === undefined ? {} : { proven }
    const match: Match = { rule, type, start, end, score, ...sure, action: options.action }
    if (options.action === 'block') return match
    return { ...match, replacement: markers.replacement(type, value) }
  }
}
