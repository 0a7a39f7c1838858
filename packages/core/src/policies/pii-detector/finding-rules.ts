import type { RE2JS } from 're2js'
import type { Direction } from '../../message/segment.ts'
import type { Span } from '../../text/span.ts'
import { compilePattern } from './entities/custom-pattern.ts'
import type { Detected } from './entity-detector.ts'
import { entitiesNamed } from './entity-types.ts'
import type { PiiDetectorOptions } from './options.ts'
import type { CueWords } from './recognizers/cue-words.ts'
import { cueWords } from './recognizers/cue-words.ts'

/** A place in a text of a request or an answer. */
export interface Place extends Span {
  readonly text: string
  readonly direction: Direction
}

/** What a configuration says about which findings count. */
export interface FindingRules {
  /** Findings of this type count from here on, in thousandths. */
  thresholdOf(type: string): number
  /** The score of a finding at a place, with the words that the customer says stand around it. */
  scoreAt(place: Place, type: string, score: number): number
  /** True for a value that is never reported. */
  isAllowed(value: string): boolean
}

interface ContextRule {
  readonly words: CueWords
  readonly weight: number
  readonly before: number
  readonly after: number
}

/** Compiles `threshold`, `thresholds`, `context`, `allow_list` and `allow_patterns`. */
export function findingRules(options: PiiDetectorOptions): FindingRules {
  const thresholds = new Map<string, number>()
  for (const [name, threshold] of Object.entries(options.thresholds))
    for (const entity of entitiesNamed(name)) thresholds.set(entity, inThousandths(threshold))
  const context = contextRules(options)
  const least = inThousandths(options.threshold)
  return {
    thresholdOf: (type) => thresholds.get(type) ?? least,
    scoreAt: (place, type, score) =>
      (context.get(type) ?? []).reduce((sum, rule) => applied(rule, place, sum), score),
    isAllowed: allowed(options),
  }
}

/** The finding with its score at its place; `null` when it does not count. */
export function reported(found: Detected, place: Place, rules: FindingRules): Detected | null {
  const score = rules.scoreAt(place, found.type, found.score)
  if (score < rules.thresholdOf(found.type)) return null
  if (rules.isAllowed(place.text.slice(place.start, place.end))) return null
  return score === found.score ? found : { ...found, score }
}

/** A score with what words before or behind a value add to it; weights in thousandths. What is announced is at least 0.3 more than the weight. */
export function weighed(score: number, weight: number): number {
  const sum = weight > 0 ? Math.max(score + weight, 300 + weight) : score + weight
  return Math.min(1000, Math.max(0, sum))
}

function inThousandths(share: number): number {
  return Math.round(share * 1000)
}

function contextRules({ context }: PiiDetectorOptions): ReadonlyMap<string, ContextRule[]> {
  const rules = new Map<string, ContextRule[]>()
  for (const { entity, words, weight, before, after } of context) {
    const rule = { words: cueWords(words), weight: inThousandths(weight), before, after }
    for (const name of entitiesNamed(entity)) rules.set(name, [...(rules.get(name) ?? []), rule])
  }
  return rules
}

function applied(rule: ContextRule, { text, direction, start, end }: Place, score: number): number {
  const { words, weight, before, after } = rule
  const isThere =
    (before > 0 && words.before(text, start, before) !== null) ||
    // What follows is not known yet while an answer comes.
    (after > 0 && direction === 'request' && words.after(text, end, after) !== null)
  return isThere ? weighed(score, weight) : score
}

function allowed(options: PiiDetectorOptions): (value: string) => boolean {
  const { allow_list: values, allow_patterns: sources } = options
  if (values.length === 0 && sources.length === 0) return () => false
  const known = new Set(values.map(plain))
  const patterns: readonly RE2JS[] = sources.map(compilePattern)
  return (value) => known.has(plain(value)) || patterns.some((pattern) => pattern.matches(value))
}

function plain(value: string): string {
  return value.normalize('NFKC').trim().toLowerCase()
}
