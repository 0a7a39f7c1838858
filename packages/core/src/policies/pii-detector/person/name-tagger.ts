import { featuresPerWord } from './run-features.ts'

/** Weights of the tags "begins a name" and "goes on with a name"; "no name" weighs nothing. */
export interface TaggerWeights {
  /** Two for each bucket. */
  readonly weights: Float32Array | Float64Array | Int8Array
  /** From tag to tag, `from * 3 + to`. */
  readonly steps: Float32Array | Float64Array | Int8Array
}

/** No name, begins one, goes on with one. */
export type Tag = 0 | 1 | 2

const never = -1e9

/**
 * The best tags of a short run of words (Viterbi). `features` are those of `runFeatures`; `eager` is added to each
 * beginning of a name, `costs` (three for each word) to what each tag weighs.
 */
export function bestTags(
  features: Int32Array,
  tagger: TaggerWeights,
  eager: number,
  costs: Float64Array,
): Tag[] {
  const count = features.length / featuresPerWord
  const own = ownScores(features, tagger.weights, eager)
  const best = new Float64Array(count * 3)
  const from = new Uint8Array(count * 3)
  const paths = { best, steps: tagger.steps }
  for (let cell = 0; cell < count * 3; cell += 1) {
    const word = Math.floor(cell / 3)
    let top = never
    for (let before = 0; before < 3; before += 1) {
      const score = stepScore(paths, word, before, cell % 3)
      if (score <= top) continue
      top = score
      from[cell] = before
    }
    best[cell] = top + (own[cell] ?? 0) + (costs[cell] ?? 0)
  }
  return trace(best, from, count)
}

/** What each tag weighs for each word by itself. */
function ownScores(
  features: Int32Array,
  weights: TaggerWeights['weights'],
  eager: number,
): Float64Array {
  const own = new Float64Array((features.length / featuresPerWord) * 3)
  for (let word = 0; word * featuresPerWord < features.length; word += 1) {
    let begin = eager
    let inside = 0
    for (let at = word * featuresPerWord; at < (word + 1) * featuresPerWord; at += 1) {
      const bucket = (features[at] ?? 0) * 2
      begin += weights[bucket] ?? 0
      inside += weights[bucket + 1] ?? 0
    }
    own[word * 3 + 1] = begin
    own[word * 3 + 2] = inside
  }
  return own
}

function stepScore(
  { best, steps }: { best: Float64Array; steps: TaggerWeights['steps'] },
  word: number,
  before: number,
  tag: number,
): number {
  if (tag === 2 && before === 0) return never
  if (word === 0) return before === 0 ? (steps[tag] ?? 0) : never
  return (best[(word - 1) * 3 + before] ?? never) + (steps[before * 3 + tag] ?? 0)
}

function trace(best: Float64Array, from: Uint8Array, count: number): Tag[] {
  const tags: Tag[] = new Array(count)
  let tag = 0
  for (let other = 1; other < 3; other += 1) {
    if ((best[(count - 1) * 3 + other] ?? never) > (best[(count - 1) * 3 + tag] ?? never))
      tag = other
  }
  for (let word = count - 1; word >= 0; word -= 1) {
    tags[word] = tag as Tag
    tag = from[word * 3 + tag] ?? 0
  }
  return tags
}
