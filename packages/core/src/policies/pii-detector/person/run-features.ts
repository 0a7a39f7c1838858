import type { NameLexicon } from './name-lexicon.ts'
import type { NameRun } from './name-words.ts'
import type { Side } from './word-context.ts'
import { beginsSentence, leftOf, rightOf } from './word-context.ts'
import type { WordFacts } from './word-facts.ts'
import { wordFacts } from './word-facts.ts'
import { hashOf, mixed } from './word-hash.ts'

/** Buckets that features are hashed into. */
export const buckets = 1 << 16
/** Features of one word. */
export const featuresPerWord = 34

/** A short run of words with all that the tagger may know of it. */
export interface RunView {
  readonly text: string
  /** What follows the text, as far as it was read. */
  readonly behind: string
  readonly run: NameRun
  readonly lexicon: NameLexicon
  /** What the rules say of each word: 0, or a mark of the score and the place in the name. */
  readonly marks: Uint8Array
  /** The cue before the run. */
  readonly cue: number
}

/** Beyond the ends of a run. */
const edge: WordFacts = { hash: 0, kind: 1023, rough: 127, isKnown: false, shape: 63 }
/** Within a run: its neighbours say what stands beside the word. */
const within = 5

type Add = (value: number) => void

/** A word and what stands beside it. */
interface Place {
  readonly here: WordFacts
  readonly before: WordFacts
  readonly after: WordFacts
  readonly index: number
  /** What stands before and behind the run, or `within`. */
  readonly left: Side
  readonly right: number
}

/** The buckets of each word's features, `featuresPerWord` for each, one word after the other. */
export function runFeatures(view: RunView): Int32Array {
  const { run, text, behind, lexicon } = view
  const facts = run.map((word) => wordFacts(word, lexicon))
  const { ordinary } = lexicon.wide
  const left = leftOf(text, run[0]?.start ?? 0, ordinary)
  const right = rightOf(text, run.at(-1)?.end ?? 0, behind, ordinary)
  const out = new Int32Array(run.length * featuresPerWord)
  let at = 0
  let slot = 0
  const add = (value: number): void => {
    out[at] = mixed(Math.imul(value, 0x9e3779b1), slot) & (buckets - 1)
    at += 1
    slot += 1
  }
  for (const [index, word] of run.entries()) {
    const place: Place = {
      here: facts[index] ?? edge,
      before: facts[index - 1] ?? edge,
      after: facts[index + 1] ?? edge,
      index,
      left: index === 0 ? left : { near: within, far: within },
      right: index === run.length - 1 ? right : within,
    }
    slot = 0
    addLists(place, add)
    addLetters(word.lower, place, add)
    addSurroundings(place, beginsSentence(left), run.length, add)
    addRules(view, place, add)
    add((gapBefore(run, index) << 8) | place.before.rough)
    add(gapBefore(run, index + 1))
  }
  return out
}

function addLists({ here, before, after }: Place, add: Add): void {
  add(0)
  add(here.kind)
  add((before.rough << 8) | here.rough)
  add((here.rough << 8) | after.rough)
  add((before.rough << 16) | (here.rough << 8) | after.rough)
  add((before.kind << 10) | here.kind)
  add(here.isKnown ? here.hash : 0)
  add(before.isKnown ? before.hash : before.rough)
  add(after.isKnown ? after.hash : after.rough)
  add(before.isKnown ? mixed(before.hash, here.rough) : before.rough)
}

function addLetters(lower: string, { here, before }: Place, add: Add): void {
  const { length } = lower
  add((here.shape << 4) | Math.min(length, 12))
  add((here.shape << 8) | here.rough)
  add((before.shape << 8) | here.shape)
  add(hashOf(lower, Math.max(0, length - 2)))
  add(hashOf(lower, Math.max(0, length - 3)))
  add(hashOf(lower, Math.max(0, length - 4)))
  add(hashOf(lower, 0, Math.min(3, length)))
}

function addSurroundings(place: Place, isStart: boolean, length: number, add: Add): void {
  const { here, index, left, right } = place
  const position = Math.min(index, 3) | (Math.min(length, 4) << 2)
  add(position)
  add((position << 8) | here.rough)
  add(((isStart ? 1 : 0) << 12) | (index === 0 ? here.kind : edge.kind))
  add(left.near)
  add(mixed(left.near, here.rough))
  add(left.far)
  add(mixed(left.far, left.near))
  add(right)
  add(mixed(right, here.rough))
  add(mixed(right, left.near))
}

function addRules({ cue, marks, run }: RunView, { here, index }: Place, add: Add): void {
  const mark = marks[index] ?? 0
  const position = Math.min(index, 3) | (Math.min(run.length, 4) << 2)
  add((cue << 8) | here.rough)
  add((cue << 8) | position)
  add(mark)
  add((mark << 8) | here.rough)
  add((mark << 8) | (marks[index + 1] ?? 0))
}

/** 1 when a particle stands before the word, 2 at the ends of the run. */
function gapBefore(run: NameRun, index: number): number {
  const word = run[index]
  const before = run[index - 1]
  if (word === undefined || before === undefined) return 2
  return word.start - before.end > 2 ? 1 : 0
}
