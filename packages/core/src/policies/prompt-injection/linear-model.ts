import type { Tokens } from './tokens.ts'

/** A linear model over words and pairs of neighbours, hashed into a table of small weights. */
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

/**
 * Bucket of a word in a table of `size` buckets.
 * @public also used by the training command
 */
export function wordBucket(hash: number, size: number): number {
  return (hash ^ (hash >>> 16)) & (size - 1)
}

/**
 * Bucket of two neighbouring words.
 * @public also used by the training command
 */
export function pairBucket(first: number, second: number, size: number): number {
  const mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b)
  return (mixed ^ (mixed >>> 15)) & (size - 1)
}

/** Log-odds of ranges of words; the ranges are free because sums are kept from the beginning. */
export class RangeScores {
  readonly #model: LinearModel
  // Sum of the weights of all words before, and of all pairs that begin before.
  readonly #words: Float64Array
  readonly #pairs: Float64Array

  constructor(model: LinearModel, tokens: Tokens) {
    this.#model = model
    const { weights } = model
    const { count, hashes } = tokens
    this.#words = new Float64Array(count + 1)
    this.#pairs = new Float64Array(count + 1)
    for (let token = 0; token < count; token++) {
      const hash = hashes[token] ?? 0
      const word = weights[wordBucket(hash, weights.length)] ?? 0
      const pair =
        token + 1 < count
          ? (weights[pairBucket(hash, hashes[token + 1] ?? 0, weights.length)] ?? 0)
          : 0
      this.#words[token + 1] = (this.#words[token] ?? 0) + word
      this.#pairs[token + 1] = (this.#pairs[token] ?? 0) + pair
    }
  }

  /** Log-odds of the words `from` up to, not including, `to`. The sum grows with the root of the length. */
  of(from: number, to: number): number {
    const features = 2 * (to - from) - 1
    if (features < 1) return this.#model.bias
    const words = (this.#words[to] ?? 0) - (this.#words[from] ?? 0)
    const pairs = (this.#pairs[to - 1] ?? 0) - (this.#pairs[from] ?? 0)
    return this.#model.bias + ((words + pairs) * this.#model.scale) / Math.sqrt(features)
  }
}
