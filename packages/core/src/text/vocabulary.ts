import { commonWordList } from './common-words.ts'

const LONGEST_WORD = 14
const FNV_START = 0x811c9dc5
const FNV_PRIME = 0x01000193
// One bit per hash: a word that is not there is known not to be there without making a string of it.
const BITS = 17
const words = new Set(commonWordList.trim().split(/\s+/))
const bits = new Uint8Array(1 << (BITS - 3))

/** Hash of the empty word; words are hashed letter by letter, in lower case. */
export const emptyHash = FNV_START

/** The hash of a word with one more letter, given as its lower-case code unit. */
export function addToHash(hash: number, code: number): number {
  return Math.imul(hash ^ code, FNV_PRIME)
}

/** False when no common word has this hash; true for about one other word in thirty as well. */
export function mayBeCommon(hash: number): boolean {
  const place = (hash ^ (hash >>> BITS)) & ((1 << BITS) - 1)
  return ((bits[place >> 3] ?? 0) & (1 << (place & 7))) !== 0
}

/** True for a common word, in lower case. */
export function isCommonWord(word: string): boolean {
  return words.has(word)
}

for (const word of words) {
  let hash = FNV_START
  for (let index = 0; index < word.length; index++) hash = addToHash(hash, word.charCodeAt(index))
  const place = (hash ^ (hash >>> BITS)) & ((1 << BITS) - 1)
  bits[place >> 3] = (bits[place >> 3] ?? 0) | (1 << (place & 7))
}

const UNKNOWN_LETTER = 2
const KNOWN_WORD = 1
const SHORT_WORD = 1.5

/**
 * Where the words of a run of lower-case letters end, so that as few letters as possible are in no common word;
 * `undefined` when more than a quarter of them would be. Linear.
 */
export function splitIntoWords(run: string): number[] | undefined {
  const cost = new Float64Array(run.length + 1).fill(Number.POSITIVE_INFINITY)
  const from = new Int32Array(run.length + 1)
  const strange = new Int32Array(run.length + 1)
  cost[0] = 0
  for (let start = 0; start < run.length; start++) {
    const base = cost[start] ?? 0
    const odd = strange[start] ?? 0
    reach(start, start + 1, base + UNKNOWN_LETTER, odd + 1)
    let hash = FNV_START
    for (let end = start + 1; end <= Math.min(run.length, start + LONGEST_WORD); end++) {
      hash = addToHash(hash, run.charCodeAt(end - 1))
      const price = base + (end - start > 2 ? KNOWN_WORD : SHORT_WORD)
      if (price < (cost[end] ?? 0) && mayBeCommon(hash) && words.has(run.slice(start, end))) {
        reach(start, end, price, odd)
      }
    }
  }
  return (strange[run.length] ?? 0) * 4 > run.length ? undefined : endsOf(from)

  function reach(start: number, end: number, price: number, odd: number): void {
    if (price >= (cost[end] ?? 0)) return
    cost[end] = price
    from[end] = start
    strange[end] = odd
  }
}

/** The ends on the way that `from` leads back, first to last. */
function endsOf(from: Int32Array): number[] {
  const ends: number[] = []
  for (let end = from.length - 1; end > 0; end = from[end] ?? 0) ends.push(end)
  return ends.reverse()
}
