import { hashOf, mixed } from './word-hash.ts'

/** Bits looked at for each word. */
const probes = 5
/** Bits for each word: about 2 % of other words are taken for members. */
const bitsPerWord = 8

/** A set of words that knows its members for certain and takes a few others for members too (a Bloom filter). */
export class WordFilter {
  readonly #bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** Makes the filter of some words in lower case. */
  static of(words: readonly string[]): WordFilter {
    const bytes = new Uint8Array(Math.max(1, Math.ceil((words.length * bitsPerWord) / 8)))
    for (const word of words) {
      const hash = hashOf(word)
      for (let probe = 0; probe < probes; probe += 1) {
        const bit = bitOf(hash, probe, bytes.length * 8)
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (1 << (bit & 7))
      }
    }
    return new WordFilter(bytes)
  }

  get bytes(): Uint8Array {
    return this.#bytes
  }

  /** Takes the `hashOf` of a word in lower case. */
  has(hash: number): boolean {
    const bits = this.#bytes.length * 8
    for (let probe = 0; probe < probes; probe += 1) {
      const bit = bitOf(hash, probe, bits)
      if (((this.#bytes[bit >> 3] ?? 0) & (1 << (bit & 7))) === 0) return false
    }
    return true
  }
}

function bitOf(hash: number, probe: number, bits: number): number {
  return (mixed(hash, probe) >>> 0) % bits
}
