import type { Direction, Segment } from '../message/segment.ts'
import type { Match, Policy } from '../policies/policy.ts'
import type { Steps } from '../text/steps.ts'
import { keyLead, withoutLead } from './key-lead.ts'
import type { LeafState } from './leaf-state.ts'
import type { CallerMemory } from './match-memory.ts'

interface Look {
  readonly direction: Direction
  /** What was found before; nothing is remembered without one. */
  readonly memory: CallerMemory | null
}

/**
 * A policy's matches in a text, with spans that name characters. A text of several parts is looked at as a whole and part
 * by part, so that neither cutting nor joining hides anything. Other work may run between the steps. What `memory` holds is not looked
 * at again.
 * @throws whatever the policy throws, and TypeError for a match that makes no sense
 */
export function* findMatches(
  policy: Policy,
  state: LeafState,
  { direction, memory }: Look,
): Steps<readonly Match[]> {
  if (policy.inspect === undefined) return []
  const whole = yield* inspect(policy, state.segment, { direction, memory })
  const parts: Match[] = []
  for (const { segment, start } of state.parts()) {
    yield
    for (const match of yield* inspect(policy, segment, { direction, memory }))
      parts.push({ ...match, start: match.start + start, end: match.end + start })
  }
  return parts.length === 0 ? whole : withoutDoubles([...whole, ...parts])
}

function* inspect(
  policy: Policy,
  segment: Segment,
  { direction, memory }: Look,
): Steps<readonly Match[]> {
  const lead = keyLead(policy, segment)
  const shown = lead === '' ? segment : Object.freeze({ ...segment, text: lead + segment.text })
  const known = memory?.recall(policy, shown, direction)
  const found = known ?? (yield* lookAt(policy, shown, direction))
  if (known === undefined) memory?.keep(policy, shown, { direction, matches: found })
  return lead === '' ? found : withoutLead(found, lead.length)
}

function* lookAt(policy: Policy, shown: Segment, direction: Direction): Steps<readonly Match[]> {
  const matches = policy.inspectInSteps
    ? yield* policy.inspectInSteps(shown, direction)
    : (policy.inspect?.(shown, direction) ?? [])
  return checkedMatches(matches, shown.text)
}

/**
 * The matches of a policy, fit to be used: spans of whole characters, scores in thousandths.
 * @throws TypeError for a match that makes no sense
 */
export function checkedMatches(matches: readonly Match[], text: string): Match[] {
  return matches.map((match) => checked(match, text))
}

function checked(match: Match, text: string): Match {
  const { start, end, action, replacement, score } = match
  if (!(Number.isInteger(start) && Number.isInteger(end) && start >= 0 && end >= start))
    throw new TypeError('a match has no valid span')
  if (end > text.length) throw new TypeError('a match reaches beyond its segment')
  if (action !== 'block' && (action !== 'redact' || typeof replacement !== 'string'))
    throw new TypeError('a match says neither block nor what to put in its place')
  if (!Number.isFinite(score)) throw new TypeError('a match has no score')
  const span = start === end ? { start: 0, end: text.length } : wholeCharacters(text, start, end)
  return { ...match, ...span, score: Math.min(1000, Math.max(0, Math.round(score))) }
}

/** Half a surrogate pair cannot be encoded: a span takes the whole of it. */
function wholeCharacters(text: string, start: number, end: number) {
  return { start: start - Number(cutsPair(text, start)), end: end + Number(cutsPair(text, end)) }
}

function cutsPair(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1)
  const after = text.charCodeAt(at)
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff
}

/** Of the same match in the whole and in a part the surer one counts: what is certain alone stays certain among others. */
function withoutDoubles(matches: readonly Match[]): Match[] {
  const surest = new Map<string, Match>()
  for (const match of matches) {
    const { rule, type, start, end, action } = match
    const id = `${rule} ${type} ${start} ${end} ${action}`
    const other = surest.get(id)
    if (other === undefined || isSurer(match, other)) surest.set(id, match)
  }
  return [...surest.values()]
}

function isSurer(one: Match, other: Match): boolean {
  if (one.uncertain !== other.uncertain) return other.uncertain === true
  return one.score > other.score
}
