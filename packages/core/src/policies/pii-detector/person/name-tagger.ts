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
  const { weights, steps } = tagger
  const best = new Float64Array(count * 3)
  const from = new Uint8Array(count * 3)
  for (let word = 0; word < count; word += 1) {
    let begin = eager + (costs[word * 3 + 1] ?? 0)
    let inside = costs[word * 3 + 2] ?? 0
    for (let at = word * featuresPerWord; at < (word + 1) * featuresPerWord; at += 1) {
      const bucket = (features[at] ?? 0) * 2
      begin += weights[bucket] ?? 0
      inside += weights[bucket + 1] ?? 0
    }
    best[word * 3] = (costs[word * 3] ?? 0) + bestStep({ best, from, steps }, word, 0)
    best[word * 3 + 1] = begin + bestStep({ best, from, steps }, word, 1)
    best[word * 3 + 2] = inside + bestStep({ best, from, steps }, word, 2)
  }
  return trace(best, from, count)
}

interface Paths {
  readonly best: Float64Array
  /** The tag before, on the best path to each tag of each word. */
  readonly from: Uint8Array
  readonly steps: TaggerWeights['steps']
}

/** What the best path to `tag` weighs before the word; a name goes on behind a name only. */
function bestStep({ best, from, steps }: Paths, word: number, tag: number): number {
  if (word === 0) return tag === 2 ? never : (steps[tag] ?? 0)
  let top = never
  for (let before = tag === 2 ? 1 : 0; before < 3; before += 1) {
    const score = (best[(word - 1) * 3 + before] ?? never) + (steps[before * 3 + tag] ?? 0)
    if (score <= top) continue
    top = score
    from[word * 3 + tag] = before
  }
  return top
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
