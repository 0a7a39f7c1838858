import type { Direction, Segment } from '../../message/segment.ts'
import type { MappedText } from '../../text/mapped-text.ts'
import type { Match, TextScanner } from '../policy.ts'
import type { DetectionPlan } from './detection-plan.ts'
import { createPlan } from './detection-plan.ts'
import type { Detected } from './entity-detector.ts'
import { findEntities } from './find-entities.ts'
import type { Markers, NumberOf } from './markers.ts'
import { createMarkers } from './markers.ts'
import { mergeOverlaps } from './merge-overlaps.ts'
import type { PiiDetectorOptions } from './options.ts'
import { readingsOf } from './readings.ts'
import { AnswerScanner } from './scan/answer-scanner.ts'
import type { ShapedPattern } from './scan/pattern-scanner.ts'
import { shapePattern } from './scan/pattern-scanner.ts'

/** Finds personal data and says what stands in its place. Compiled once; `numberOf` comes from the call. */
export class Detector {
  readonly plan: DetectionPlan
  readonly #patterns: readonly ShapedPattern[]
  readonly #markers: Markers
  readonly #action: PiiDetectorOptions['action']

  constructor(options: PiiDetectorOptions) {
    this.plan = createPlan(options)
    this.#patterns = this.plan.patterns.map(shapePattern)
    this.#markers = createMarkers(options.redaction)
    this.#action = options.action
  }

  /** Looks at one text as a whole. */
  inspect({ text }: Segment, direction: Direction, numberOf: NumberOf): readonly Match[] {
    const readings = readingsOf(text)
    const found = readings.flatMap((reading) => this.#detect(reading, direction))
    // Two readings show much the same, and where they differ all that either shows must go.
    return (readings.length === 1 ? found : mergeOverlaps(found)).map((one) =>
      this.#toMatch(one, text.slice(one.start, one.end), numberOf),
    )
  }

  /** Looks at one text of an answer while it comes. */
  scan(numberOf: NumberOf): TextScanner<Match> {
    return new AnswerScanner({
      plan: this.plan,
      patterns: this.#patterns,
      markers: this.#markers,
      toMatch: (found, value) => this.#toMatch(found, value, numberOf),
    })
  }

  /** Findings in offsets of the text under the reading. */
  #detect(reading: MappedText, direction: Direction): Detected[] {
    return findEntities(reading.text, direction, this.plan)
      .filter(({ start, end }) => !this.#markers.isMarker(reading.text, start, end))
      .map((found) => ({ ...found, ...reading.toOriginalSpan(found.start, found.end) }))
  }

  #toMatch(found: Detected, value: string, numberOf: NumberOf): Match {
    const match: Match = { ...found, action: this.#action }
    if (this.#action === 'block') return match
    return { ...match, replacement: this.#markers.replacement(found.type, value, numberOf) }
  }
}
