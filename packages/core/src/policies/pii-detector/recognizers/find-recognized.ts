import type { Span } from '../../../text/span.ts'
import type { Detected, DetectorWindow, Inspection } from '../entity-detector.ts'
import { weighed } from '../finding-rules.ts'
import { numberMayEnd } from '../number-boundary.ts'
import { cueReach } from './cue-words.ts'
import type { CompiledForm, RecognizerSet } from './recognizer-set.ts'
import { beginsValue } from './value-start.ts'

/** The longest value of any recogniser, in UTF-16 units. */
export const longestValue = 64

/** A value with what may not follow it; cues before it. (Those behind it count on requests only.) */
export const window: DetectorWindow = {
  lookBehind: cueReach.before + 2,
  reach: longestValue + 4,
}

/** What a cue adds to the score of a form, in thousandths: before the value more than behind it. */
const weight = { before: 400, behind: 250 } as const

/** A finding with what decides between it and others that overlap. */
interface Candidate extends Detected {
  /** Characters between the value and its cue. */
  readonly gap: number
}

/** Finds the values of all recognisers of the set in one pass. Linear: bounded work wherever a word or number begins. */
export function findRecognized(inspection: Inspection, set: RecognizerSet): readonly Detected[] {
  const { text } = inspection
  const candidates: Candidate[] = []
  let before = Number.NaN
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if (beginsValue(before, unit)) collect(inspection, set, index, candidates)
    before = unit
  }
  return candidates.length < 2 ? candidates : withoutOverlaps(candidates)
}

function collect(
  inspection: Inspection,
  { automaton, forms }: RecognizerSet,
  start: number,
  candidates: Candidate[],
): void {
  const ended = automaton.formsFrom(inspection.text, start, start + longestValue + 1)
  if (ended.length === 0 || !mayBegin(inspection, start)) return
  for (const number of ended) {
    const form = forms[number]
    const found = form === undefined ? null : valueAt(inspection, form, start)
    if (found !== null) candidates.push(found)
  }
}

/**
 * True when nothing before `start` shows that the value is a part of something longer: a marker, a masked value, or digits
 * across a hyphen. A finding before it is no obstacle.
 */
function mayBegin({ text, claims }: Inspection, start: number): boolean {
  const before = text[start - 1] ?? ' '
  if (before === '*' || (before === ']' && claims.isFree(start - 1, start))) return false
  if (!/[-._]/.test(before) || !claims.isFree(start - 2, start - 1)) return true
  return !/[\p{N}\]*]/u.test(text[start - 2] ?? ' ')
}

function valueAt(inspection: Inspection, form: CompiledForm, start: number): Candidate | null {
  const { text, claims, urls } = inspection
  const { recognizer, rule, rules } = form.of
  form.pattern.lastIndex = start
  const value = form.pattern.exec(text)?.[0]
  if (value === undefined || value === '' || value.length > recognizer.longest) return null
  const end = start + value.length
  if (!numberMayEnd(text, end) || !claims.isFree(start, end) || !urls.isFree(start, end))
    return null
  const checked = recognizer.check?.(value)
  if (checked === false) return null
  const announced = announcedScore(inspection, form, { start, end })
  const place = { text, direction: inspection.direction, start, end }
  const score = rules.scoreAt(place, recognizer.entity, checked ? 1000 : announced.score)
  if (score < rules.thresholdOf(recognizer.entity)) return null
  const found = { rule, type: recognizer.entity, start, end, score, gap: announced.gap }
  return checked ? { ...found, proven: true } : found
}

/** The score of a form with the recogniser's own cues, and how far off the cue is. */
function announcedScore(
  { text, direction }: Inspection,
  { score, of: { cues } }: CompiledForm,
  { start, end }: Span,
): { score: number; gap: number } {
  const before = cues.before(text, start)
  if (before !== null) return { score: weighed(score, weight.before), gap: before }
  const behind = direction === 'request' ? cues.after(text, end) : null
  if (behind !== null) return { score: weighed(score, weight.behind), gap: behind }
  return { score, gap: Number.POSITIVE_INFINITY }
}

/** Of candidates that overlap the one that says best what stands there: proven, then surer, longer, nearer to its cue. */
function withoutOverlaps(candidates: readonly Candidate[]): readonly Detected[] {
  const kept: Candidate[] = []
  let group: Candidate[] = []
  let groupEnd = 0
  for (const one of candidates) {
    if (one.start >= groupEnd) {
      kept.push(...bestOf(group))
      group = []
    }
    group.push(one)
    groupEnd = Math.max(groupEnd, one.end)
  }
  kept.push(...bestOf(group))
  return kept
}

function bestOf(group: readonly Candidate[]): readonly Candidate[] {
  if (group.length < 2) return group
  const chosen: Candidate[] = []
  for (const one of [...group].sort(inRank)) {
    if (chosen.every(({ start, end }) => one.end <= start || one.start >= end)) chosen.push(one)
  }
  return chosen.sort((a, b) => a.start - b.start)
}

function inRank(a: Candidate, b: Candidate): number {
  return (
    Number(b.proven === true) - Number(a.proven === true) ||
    b.score - a.score ||
    b.end - b.start - (a.end - a.start) ||
    a.gap - b.gap ||
    a.start - b.start
  )
}
