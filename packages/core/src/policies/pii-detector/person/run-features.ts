import type { KnownWord } from './known-word.ts'
import type { NameLexicon } from './name-lexicon.ts'
import type { NameRun } from './name-words.ts'
import type { Side } from './word-context.ts'
import { beginsSentence, leftOf, rightOf } from './word-context.ts'
import type { WordFacts } from './word-facts.ts'
import { mixed } from './word-hash.ts'

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
const edge: WordFacts = {
  hash: 0,
  kind: 1023,
  rough: 127,
  isKnown: false,
  shape: 63,
  length: 0,
  affixes: [0, 0, 0, 0],
}
/** Within a run: its neighbours say what stands beside the word. */
const within = 5
const withinSide: Side = { near: within, far: within }

/** A word and what stands beside it. */
interface Place {
  readonly here: WordFacts
  readonly before: WordFacts
  readonly after: WordFacts
  readonly index: number
  /** What stands before and behind the run, or `within`. */
  readonly left: Side
  readonly right: number
  /** Place in the run and its length, capped. */
  readonly position: number
}

/** Takes features one by one and puts them into buckets of their own kind. */
class Buckets {
  readonly taken: Int32Array
  #at = 0
  #slot = 0

  constructor(words: number) {
    this.taken = new Int32Array(words * featuresPerWord)
  }

  add(value: number): void {
    this.taken[this.#at] = mixed(Math.imul(value, 0x9e3779b1), this.#slot) & (buckets - 1)
    this.#at += 1
    this.#slot = this.#slot + 1 === featuresPerWord ? 0 : this.#slot + 1
  }
}

/** The buckets of each word's features, `featuresPerWord` for each, one word after the other. */
export function runFeatures(view: RunView): Int32Array {
  const { run, text, behind, lexicon } = view
  const { ordinary } = lexicon.wide
  const left = leftOf(text, run[0]?.start ?? 0, ordinary)
  const right = rightOf(text, run.at(-1)?.end ?? 0, behind, ordinary)
  const isStart = beginsSentence(left)
  const out = new Buckets(run.length)
  const last = run.length - 1
  for (let index = 0; index <= last; index += 1) {
    const place: Place = {
      here: factsOf(run[index]?.known),
      before: factsOf(run[index - 1]?.known),
      after: factsOf(run[index + 1]?.known),
      index,
      left: index === 0 ? left : withinSide,
      right: index === last ? right : within,
      position: Math.min(index, 3) | (Math.min(run.length, 4) << 2),
    }
    addLists(place, out)
    addLetters(place, out)
    addSurroundings(place, isStart, out)
    addRules(view, place, out)
    out.add((gapBefore(run, index) << 8) | place.before.rough)
    out.add(gapBefore(run, index + 1))
  }
  return out.taken
}

function factsOf(word: KnownWord | undefined): WordFacts {
  return word === undefined ? edge : word.facts
}

function addLists({ here, before, after }: Place, out: Buckets): void {
  out.add(0)
  out.add(here.kind)
  out.add((before.rough << 8) | here.rough)
  out.add((here.rough << 8) | after.rough)
  out.add((before.rough << 16) | (here.rough << 8) | after.rough)
  out.add((before.kind << 10) | here.kind)
  out.add(here.isKnown ? here.hash : 0)
  out.add(before.isKnown ? before.hash : before.rough)
  out.add(after.isKnown ? after.hash : after.rough)
  out.add(before.isKnown ? mixed(before.hash, here.rough) : before.rough)
}

function addLetters({ here, before }: Place, out: Buckets): void {
  const { affixes, shape } = here
  out.add((shape << 4) | here.length)
  out.add((shape << 8) | here.rough)
  out.add((before.shape << 8) | shape)
  out.add(affixes[0])
  out.add(affixes[1])
  out.add(affixes[2])
  out.add(affixes[3])
}

function addSurroundings(place: Place, isStart: boolean, out: Buckets): void {
  const { here, index, left, right, position } = place
  out.add(position)
  out.add((position << 8) | here.rough)
  out.add(((isStart ? 1 : 0) << 12) | (index === 0 ? here.kind : edge.kind))
  out.add(left.near)
  out.add(mixed(left.near, here.rough))
  out.add(left.far)
  out.add(mixed(left.far, left.near))
  out.add(right)
  out.add(mixed(right, here.rough))
  out.add(mixed(right, left.near))
}

function addRules({ cue, marks }: RunView, { here, index, position }: Place, out: Buckets): void {
  const mark = marks[index] ?? 0
  out.add((cue << 8) | here.rough)
  out.add((cue << 8) | position)
  out.add(mark)
  out.add((mark << 8) | here.rough)
  out.add((mark << 8) | (marks[index + 1] ?? 0))
}

/** 1 when a particle stands before the word, 2 at the ends of the run. */
function gapBefore(run: NameRun, index: number): number {
  const word = run[index]
  const before = run[index - 1]
  if (word === undefined || before === undefined) return 2
  return word.start - before.end > 2 ? 1 : 0
}
