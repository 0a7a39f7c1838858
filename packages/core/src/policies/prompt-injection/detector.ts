import type { RE2JS } from 're2js'
import type { Segment } from '../../message/segment.ts'
import { foldInSteps } from '../../text/fold.ts'
import type { MappedText } from '../../text/mapped-text.ts'
import { composeMapped, unchangedText } from '../../text/mapped-text.ts'
import type { Steps } from '../../text/steps.ts'
import type { View } from '../../text/views.ts'
import { disguisedViewsInSteps } from '../../text/views.ts'
import { findAttackPattern } from './attack-patterns.ts'
import type { Place } from './calibration.ts'
import type { Finding } from './finding.ts'
import { findHiddenCharacters } from './hidden-characters.ts'
import { ruleNumber } from './rules.ts'
import type { ScoreOptions, Verdict } from './score-text.ts'
import { scoreText } from './score-text.ts'
import { splitJoinedWords } from './split-joined-words.ts'
import { findInSystemText } from './system-text.ts'
import type { MarkerOptions } from './text-hits.ts'

/** What a detector looks for, compiled. */
export interface DetectorSettings {
  readonly patterns: readonly RE2JS[]
  readonly decodeRuns: boolean
  readonly disguises: boolean
  readonly homoglyphs: boolean
  readonly markers: MarkerOptions
}

/**
 * The strongest sign of an attack in a segment; `undefined` for an empty one.
 * System and developer turns are the operator's own words: only what nobody writes there by accident counts (decision T6).
 */
export function* findInjection(
  segment: Segment,
  settings: DetectorSettings,
): Steps<Finding | undefined> {
  const { text } = segment
  if (text.trim() === '') return undefined
  const views = yield* disguisedViewsInSteps(text, {
    encodings: settings.decodeRuns,
    disguises: settings.disguises,
  })
  yield
  const folded = yield* fold(unchangedText(text), settings)
  yield
  const custom = customFinding(settings, text, { folded, views })
  if (custom !== undefined) return custom
  if (isTrusted(segment)) return findInSystemText(text, folded, settings)
  return yield* strongestReading(segment, { folded, views }, settings)
}

interface Readings {
  readonly folded: MappedText
  readonly views: readonly View[]
}

function customFinding(
  { patterns }: DetectorSettings,
  text: string,
  { folded, views }: Readings,
): Finding | undefined {
  if (patterns.length === 0) return undefined
  return findAttackPattern(patterns, [
    unchangedText(text),
    folded,
    ...views.map((view) => view.mapped),
  ])
}

function isTrusted({ role, field }: Segment): boolean {
  return (role === 'system' || role === 'developer') && field === 'content'
}

/** Tool results, documents and earlier answers are read by the model, not said to it: they have their own calibration. */
function placeOf({ role, field }: Segment): Place {
  if (field === 'tool_result' || field === 'document') return 'documents'
  return role === 'tool' || role === 'assistant' ? 'documents' : 'prompts'
}

function* strongestReading(
  segment: Segment,
  { folded, views }: Readings,
  settings: DetectorSettings,
): Steps<Finding> {
  const { text } = segment
  const hidden = settings.disguises ? findHiddenCharacters(text) : []
  const extra = hidden.map((sign) => ruleNumber(sign.key))
  yield
  const options = { markers: settings.markers, place: placeOf(segment), extra }
  const scored = { options, isToken: isOneToken(text) }
  let best = yield* scoreReading(folded, scored)
  for (const view of views) {
    yield
    const reading = yield* readView(view, settings)
    yield
    // What an id decodes to is another text; its letters read another way are still an id.
    const isToken = decoding.has(view.name) ? isOneToken(reading.text) : scored.isToken
    const other = yield* scoreReading(reading, { ...scored, isToken })
    if (other.logOdds > best.logOdds) best = other
  }
  const { rule, start, end } = best
  const sign = hidden[0]
  const shown =
    rule === 'learned-wording' && sign !== undefined
      ? { ...sign, rule: 'hidden-characters' }
      : { rule, start, end }
  return { rule: shown.rule, start: shown.start, end: shown.end, score: thousandths(best.logOdds) }
}

const decoding: ReadonlySet<string> = new Set(['hidden', 'escapes', 'encoded'])

interface Scored {
  readonly options: ScoreOptions
  readonly isToken: boolean
}

function* scoreReading(reading: MappedText, { options, isToken }: Scored): Steps<Verdict> {
  const verdict = yield* scoreText(reading, options)
  if (verdict.rule !== 'learned-wording' || !isToken) return verdict
  return { ...verdict, logOdds: Number.NEGATIVE_INFINITY }
}

/** An id, a hash, a key: the model has learned sentences, and among thousands of ids some look like anything. */
function isOneToken(text: string): boolean {
  return /^\s*[\x21-\x7e]{1,64}\s*$/.test(text) && (text.match(/[a-z]{4,}/gi) ?? []).length < 2
}

function* readView({ name, mapped }: View, settings: DetectorSettings): Steps<MappedText> {
  const folded = yield* fold(mapped, settings)
  return name === 'spaced' ? composeMapped(folded, splitJoinedWords(folded.text)) : folded
}

function* fold(mapped: MappedText, { homoglyphs }: DetectorSettings): Steps<MappedText> {
  return composeMapped(mapped, yield* foldInSteps(mapped.text, { homoglyphs }))
}

function thousandths(logOdds: number): number {
  return Math.round(1000 / (1 + Math.exp(-logOdds)))
}
