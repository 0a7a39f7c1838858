import type { Span } from '../../../text/span.ts'
import { notPeople } from './ambiguous-names.ts'
import { mayHoldName } from './name-in-run.ts'
import type { TaggerWeights } from './name-tagger.ts'
import { bestTags } from './name-tagger.ts'
import type { NameRun } from './name-words.ts'
import type { RunView } from './run-features.ts'
import { runFeatures } from './run-features.ts'
import type { Surroundings } from './run-view.ts'
import { beginsName, markScore, viewRun } from './run-view.ts'

/**
 * Words that are tagged together: names are shorter, and time must not depend on the length of a run.
 * @public also used by the training command
 */
export const longestRun = 12

/** A name in a run: `run.slice(first, last + 1)`. */
export interface TaggedName extends Span {
  readonly first: number
  readonly last: number
  /** Thousandths. */
  readonly score: number
}

/** How names are told from other words. */
export interface NameTagger {
  readonly weights: TaggerWeights
  /** What each beginning of a name gains. */
  readonly eager: number
  /** False for what looks like a name and is something else. */
  accepts(span: Span, score: number): boolean
  /** Is told of each name before the words behind it are looked at. */
  found(words: NameRun, score: number): void
}

/**
 * The names of a run, in order. What a name leaves of the run is looked at as if it stood alone, so that a text whose
 * names were replaced by markers is read in the same way. Linear in the length of the run.
 */
export function namesInRun(run: NameRun, around: Surroundings, tagger: NameTagger): TaggedName[] {
  const names: TaggedName[] = []
  for (let from = 0; from < run.length; ) {
    const isShort = from === 0 && run.length <= longestRun
    const part = isShort ? run : run.slice(from, from + longestRun)
    const [name] = namesInWindow(part, around, tagger)
    if (name === undefined) {
      from += longestRun
      continue
    }
    const rest = run.slice(from, from + name.first)
    const placed = { ...name, first: name.first + from, last: name.last + from }
    for (const one of rest.length === 0 ? [] : namesInRun(rest, around, tagger))
      names.push({ ...one, first: one.first + from, last: one.last + from })
    names.push(placed)
    tagger.found(run.slice(placed.first, placed.last + 1), placed.score)
    from = placed.last + 1
  }
  return names
}

function namesInWindow(run: NameRun, around: Surroundings, tagger: NameTagger): TaggedName[] {
  if (!mayHoldName(run)) return []
  const view = viewRun(run, around)
  if (run.length === 1 && isKnownOtherwise(view, 0, 0)) return []
  const tags = bestTags(runFeatures(view), tagger.weights, tagger.eager, trustOf(view))
  const names: TaggedName[] = []
  for (let first = 0; first < run.length; first += 1) {
    if (tags[first] !== 1) continue
    let last = first
    while (tags[last + 1] === 2) last += 1
    const span = { start: run[first]?.start ?? 0, end: run[last]?.end ?? 0 }
    const score = scoreOf(view.marks, first, last)
    if (!isKnownOtherwise(view, first, last) && tagger.accepts(span, score))
      names.push({ ...span, first, last, score })
  }
  return names
}

/** What the rules say, or less than that: two words that they do not know are surer than one. */
function scoreOf(marks: Uint8Array, first: number, last: number): number {
  let score = last > first ? 800 : 650
  for (let word = first; word <= last; word += 1)
    score = Math.max(score, markScore(marks[word] ?? 0))
  return score
}

/** What a rule that is hardly ever wrong adds to the beginning of a name: a cue, a title, a mention before. */
const trust = 40
const trustedScore = 850
/** What a word of ordinary text that no rule takes for a name must have more. */
const doubt = 100

function trustOf({ run, marks }: RunView): Float64Array {
  const costs = new Float64Array(marks.length * 3)
  for (let word = 0; word < run.length; word += 1) {
    const mark = marks[word] ?? 0
    if (beginsName(mark) && markScore(mark) >= trustedScore) costs[word * 3 + 1] = trust
    else if (mark === 0 && run[word]?.known.isOrdinary) costs[word * 3 + 1] = -doubt
  }
  return costs
}

/** The name of a company or a place, or one word of ordinary text that no rule takes for a name. */
function isKnownOtherwise({ run, marks }: RunView, first: number, last: number): boolean {
  const head = run[first]
  const second = run[first + 1]
  if (head === undefined) return false
  if (second !== undefined && notPeople.has(`${head.lower}_${second.lower}`)) return true
  return first === last && marks[first] === 0 && head.known.isOrdinary
}
