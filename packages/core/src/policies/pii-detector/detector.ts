import type { Direction, Segment } from '../../message/segment.ts'
import { mergeOverlaps } from '../../scan/merge-overlaps.ts'
import type { ShapedPattern } from '../../scan/pattern-scanner.ts'
import { shapePattern } from '../../scan/pattern-scanner.ts'
import type { MappedText } from '../../text/mapped-text.ts'
import { readingsOf } from '../../text/readings.ts'
import type { Span } from '../../text/span.ts'
import type { Steps } from '../../text/steps.ts'
import type { Match, Secrets, TextScanner } from '../policy.ts'
import type { DetectionPlan } from './detection-plan.ts'
import { createPlan } from './detection-plan.ts'
import type { Detected } from './entity-detector.ts'
import { findEntities } from './find-entities.ts'
import { keyedHash } from './keyed-hash.ts'
import type { Markers, NumberOf } from './markers.ts'
import { createMarkers } from './markers.ts'
import type { PiiDetectorOptions } from './options.ts'
import { AnswerScanner } from './scan/answer-scanner.ts'
import { stretchesOf } from './stretches.ts'

/** What the cues before an entity reach. */
const contextBefore = 256
/** The longest entity with all that is read of it: a stretch may end within one. */
const contextBehind = 512

/** Finds personal data and says what stands in its place. Compiled once; `numberOf` comes from the call. */
export class Detector {
  readonly plan: DetectionPlan
  readonly #patterns: readonly ShapedPattern[]
  readonly #markers: Markers
  readonly #action: PiiDetectorOptions['action']

  constructor(options: PiiDetectorOptions, secrets?: Secrets) {
    this.plan = createPlan(options)
    this.#patterns = this.plan.patterns.map(shapePattern)
    const { hash_key_ref: key } = options.redaction
    this.#markers = createMarkers({
      ...options.redaction,
      hash: keyedHash(secrets?.(key.env), options.phone_regions),
    })
    this.#action = options.action
  }

  /** Looks at one text as a whole; a long one in stretches. Customers' patterns may span any of those: they take a text whole. */
  *inspect({ text }: Segment, direction: Direction, numberOf: NumberOf): Steps<readonly Match[]> {
    const stretches =
      this.plan.patterns.length === 0
        ? stretchesOf(text, this.plan, this.#markers)
        : [{ start: 0, end: text.length }]
    const matches: Match[] = []
    let covered = 0
    for (const stretch of stretches) {
      if (stretch.start > 0) yield
      for (const found of this.#lookAt(text, stretch, direction)) {
        const one = { ...found, start: Math.max(found.start, covered) }
        if (one.end <= one.start) continue
        matches.push(this.#toMatch(one, text.slice(one.start, one.end), numberOf))
        covered = one.end
      }
    }
    return matches
  }

  /** What begins in a stretch of the text, or goes on into it, with what stands around it shown to the detectors. */
  #lookAt(text: string, { start, end }: Span, direction: Direction): readonly Detected[] {
    const base = Math.max(0, start - contextBefore)
    const readings = readingsOf(text.slice(base, end + contextBehind))
    const found = readings.flatMap((reading) => this.#detect(reading, direction))
    // Two readings show much the same, and where they differ all that either shows must go.
    const all = readings.length === 1 ? found : mergeOverlaps(found)
    if (base === 0 && end >= text.length) return all
    return all
      .map((one) => ({ ...one, start: one.start + base, end: one.end + base }))
      .filter((one) => one.end > start && one.start < end)
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

  /** The match for what a plug-in found in a text; `undefined` where a marker of ours stands already. */
  matchFor(found: Detected, text: string, numberOf: NumberOf): Match | undefined {
    const { start, end } = found
    if (this.#markers.isMarker(text, start, end)) return undefined
    return this.#toMatch(found, text.slice(start, end), numberOf)
  }

  #toMatch(found: Detected, value: string, numberOf: NumberOf): Match {
    const match: Match = { ...found, action: this.#action }
    if (this.#action === 'block') return match
    return { ...match, replacement: this.#markers.replacement(found.type, value, numberOf) }
  }
}
