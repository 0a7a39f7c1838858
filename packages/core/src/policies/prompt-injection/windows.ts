import type { Steps } from '../../text/steps.ts'
import type { LinearModel } from './linear-model.ts'
import { RangeScores } from './linear-model.ts'
import type { MarkerOptions } from './text-hits.ts'
import { findTextHits } from './text-hits.ts'
import type { Tokens } from './tokens.ts'
import { tokenize } from './tokens.ts'
import type { RuleHit } from './word-patterns.ts'
import { findWordHits } from './word-patterns.ts'

/**
 * `whole`: the text itself. `long`: a part of a text that is too long to be judged as one.
 * `short`: a few sentences, so that one attack is not drowned by the honest text around it.
 * `sentence`: one alone, when it is too brief for a `short` window that begins there.
 */
export type WindowKind = 'whole' | 'long' | 'short' | 'sentence'

/** One stretch of a folded text that gets a score of its own. */
export interface Window {
  readonly kind: WindowKind
  /** Offsets in the folded text. */
  readonly from: number
  readonly to: number
  /** The same as places in the row of words. */
  readonly firstWord: number
  readonly endWord: number
  /** Log-odds of the linear model. */
  readonly model: number
  /** Every rule that fits inside, once. */
  readonly hits: readonly RuleHit[]
}

/** Up to so many words a text is judged as a whole. */
const WHOLE_WORDS = 384
/** From so many words on it is also judged in short windows. */
const SHORT_FROM_WORDS = 72
const LONG = { words: 256, step: 128 } as const
const MOST_SHORT_WORDS = 48
const FEWEST_SHORT_WORDS = 14
const FEWEST_SENTENCE_WORDS = 4

/** The windows of a folded text with what was found in each; at least one. Used for scoring and for training alike. Linear. */
export function* windowsOf(
  text: string,
  options: MarkerOptions,
  model: LinearModel,
): Steps<Window[]> {
  const tokens = tokenize(text)
  yield
  const wordHits = findWordHits(tokens)
  yield
  const hits = [...wordHits, ...findTextHits(text, options)].sort((a, b) => a.start - b.start)
  yield
  const found: Found = { tokens, hits, scores: new RangeScores(model, tokens), length: text.length }
  const { count } = tokens
  yield
  const windows = cut(found, count > WHOLE_WORDS ? 'long' : 'whole', overlapping(count))
  yield
  if (count <= SHORT_FROM_WORDS) return windows
  const short = cut(found, 'short', sentences(tokens))
  yield
  return [...windows, ...short, ...cut(found, 'sentence', briefSentences(tokens))]
}

interface Found {
  readonly tokens: Tokens
  readonly hits: readonly RuleHit[]
  readonly scores: RangeScores
  /** Of the text, in characters. */
  readonly length: number
}

/** First word and the one after the last. */
type Stretch = readonly [start: number, end: number]

function overlapping(count: number): Stretch[] {
  if (count <= WHOLE_WORDS) return [[0, count]]
  const stretches: Stretch[] = []
  for (let start = 0; start === 0 || start + LONG.words - LONG.step < count; start += LONG.step) {
    stretches.push([start, Math.min(count, start + LONG.words)])
  }
  return stretches
}

/** From each beginning of a sentence to the end of one, neither too short nor too long; inside long sentences overlapping. */
function sentences({ count, breaks }: Tokens): Stretch[] {
  const stretches: Stretch[] = []
  let start = 0
  while (start < count) {
    const limit = Math.min(count, start + MOST_SHORT_WORDS)
    let end = Math.min(limit, start + FEWEST_SHORT_WORDS)
    while (end < limit && breaks[end] !== 1) end += 1
    stretches.push([start, end])
    const half = start + MOST_SHORT_WORDS / 2
    let next = start + 1
    while (next < count && next < half && breaks[next] !== 1) next += 1
    start = next
  }
  return stretches
}

/** The sentences that a `short` window joins with the next one. */
function briefSentences({ count, breaks }: Tokens): Stretch[] {
  const stretches: Stretch[] = []
  let start = 0
  for (let end = 1; end <= count; end++) {
    if (end < count && breaks[end] !== 1) continue
    const words = end - start
    if (words >= FEWEST_SENTENCE_WORDS && words < FEWEST_SHORT_WORDS) stretches.push([start, end])
    start = end
  }
  return stretches
}

/** What was found in each stretch; their starts grow. */
function cut(
  { tokens, hits, scores, length }: Found,
  kind: WindowKind,
  stretches: readonly Stretch[],
): Window[] {
  let first = 0
  return stretches.map(([start, end]) => {
    const from = start === 0 ? 0 : (tokens.starts[start] ?? 0)
    const to = end === tokens.count ? length : (tokens.ends[end - 1] ?? 0)
    while (startOf(hits, first) < from) first += 1
    let last = first
    while (startOf(hits, last) < to) last += 1
    const inside = once(hits, first, last)
    return {
      kind,
      from,
      to,
      firstWord: start,
      endWord: end,
      model: scores.of(start, end),
      hits: inside,
    }
  })
}

function startOf(hits: readonly RuleHit[], index: number): number {
  return hits[index]?.start ?? Number.POSITIVE_INFINITY
}

const NONE: readonly RuleHit[] = []

/** The hits from `first` up to, not including, `last`; one per rule. */
function once(hits: readonly RuleHit[], first: number, last: number): readonly RuleHit[] {
  if (first === last) return NONE
  const seen = new Map<number, RuleHit>()
  for (const hit of hits.slice(first, last)) if (!seen.has(hit.rule)) seen.set(hit.rule, hit)
  return [...seen.values()]
}
