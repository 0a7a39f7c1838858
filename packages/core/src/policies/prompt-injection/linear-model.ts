import type { Tokens } from './tokens.ts'
import { conceptOf } from './word-concepts.ts'

/** A linear model over words, neighbours and concepts, hashed into a table of small weights. */
export interface LinearModel {
  /** One weight per bucket; the number of buckets is a power of two. */
  readonly weights: Int8Array
  /** What one unit of `weights` is worth in log-odds. */
  readonly scale: number
  readonly bias: number
}

/** What the training command writes: the table of weights in base64, and how to read it. */
export interface PackedModel {
  /** Int8 weights, base64. Empty = no model: every text has the bias. */
  readonly weights: string
  readonly scale: number
  readonly bias: number
}

/** Words without a concept that may stand between two with one. */
const CONCEPT_REACH = 5
/** The word, its pair, a row of two and one of three concepts. */
const MOST_PER_WORD = 4

/**
 * The features of a text, in the order of the words they end at: each word, each pair of neighbours, and each row of two
 * or three concepts within a sentence. Concepts are the same in every language, so what was learned in one counts in others.
 */
export class Features {
  /** Bucket of each feature. */
  readonly buckets: Int32Array
  /** Number of features that end before each word; one more than there are words. */
  readonly before: Int32Array

  /** `size` is the number of buckets, a power of two. */
  constructor({ count, hashes, breaks }: Tokens, size: number) {
    const buckets = new Int32Array(count * MOST_PER_WORD)
    const row = new ConceptRow(buckets, size)
    this.before = new Int32Array(count + 1)
    let length = 0
    for (let token = 0; token < count; token++) {
      const hash = hashes[token] ?? 0
      buckets[length++] = wordBucket(hash, size)
      if (token > 0) buckets[length++] = pairBucket(hashes[token - 1] ?? 0, hash, size)
      if (breaks[token] === 1) row.clear()
      const concept = conceptOf(hash)
      if (concept !== 0) length = row.add(concept, token, length)
      this.before[token + 1] = length
    }
    this.buckets = buckets.subarray(0, length)
  }
}

/** The last two different concepts of a sentence, and what they make with the next one. */
class ConceptRow {
  readonly #buckets: Int32Array
  readonly #size: number
  #earlier = 0
  #last = 0
  #lastAt = 0

  constructor(buckets: Int32Array, size: number) {
    this.#buckets = buckets
    this.#size = size
  }

  clear(): void {
    this.#earlier = 0
    this.#last = 0
  }

  /** Writes the features that end with `concept` at word `token`, from place `length` on; returns the place after them. */
  add(concept: number, token: number, length: number): number {
    if (token - this.#lastAt > CONCEPT_REACH) this.clear()
    this.#lastAt = token
    if (concept === this.#last) return length
    let end = length
    if (this.#last !== 0) {
      this.#buckets[end++] = pairBucket(this.#last, concept, this.#size)
      if (this.#earlier !== 0) {
        const both = this.#earlier * 256 + this.#last
        this.#buckets[end++] = pairBucket(both, concept, this.#size)
      }
    }
    this.#earlier = this.#last
    this.#last = concept
    return end
  }
}

function wordBucket(hash: number, size: number): number {
  return (hash ^ (hash >>> 16)) & (size - 1)
}

function pairBucket(first: number, second: number, size: number): number {
  const mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b)
  return (mixed ^ (mixed >>> 15)) & (size - 1)
}

/** Log-odds of ranges of words; the ranges are free because sums are kept from the beginning. */
export class RangeScores {
  readonly #model: LinearModel
  readonly #before: Int32Array
  // Sum of the weights of all features that end before each word.
  readonly #sums: Float64Array

  constructor(model: LinearModel, tokens: Tokens) {
    this.#model = model
    const { weights } = model
    const { buckets, before } = new Features(tokens, weights.length)
    this.#before = before
    this.#sums = new Float64Array(before.length)
    let sum = 0
    for (let token = 0; token + 1 < before.length; token++) {
      const end = before[token + 1] ?? 0
      for (let index = before[token] ?? 0; index < end; index++) {
        sum += weights[buckets[index] ?? 0] ?? 0
      }
      this.#sums[token + 1] = sum
    }
  }

  /** Log-odds of the words `from` up to, not including, `to`. The sum grows with the root of the length. */
  of(from: number, to: number): number {
    const features = (this.#before[to] ?? 0) - (this.#before[from] ?? 0)
    if (features < 1) return this.#model.bias
    const sum = (this.#sums[to] ?? 0) - (this.#sums[from] ?? 0)
    return this.#model.bias + (sum * this.#model.scale) / Math.sqrt(features)
  }
}
