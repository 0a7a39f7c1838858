import { commonWordList } from './common-words.ts'

const LONGEST_WORD = 14
const FNV_START = 0x811c9dc5
const FNV_PRIME = 0x01000193
const BITS = 17
const PLACES = (1 << BITS) - 1
const words = new Set(commonWordList.trim().split(/\s+/))
// One bit per hash: what is not there is known not to be there without making a string of it.
const wordBits = new Uint8Array(1 << (BITS - 3))
const beginningBits = new Uint8Array(1 << (BITS - 3))

/** Hash of the empty word; words are hashed letter by letter, in lower case. */
export const emptyHash = FNV_START

/** The hash of a word with one more letter, given as its lower-case code unit. */
export function addToHash(hash: number, code: number): number {
  return Math.imul(hash ^ code, FNV_PRIME)
}

/** False when no common word has this hash; true for about one other word in thirty as well. */
export function mayBeCommon(hash: number): boolean {
  return hasBit(wordBits, hash)
}

/** False when no common word begins with the letters of this hash, or is made of them; true for few others as well. */
export function mayGoOn(hash: number): boolean {
  return hasBit(beginningBits, hash)
}

/** True for a common word, in lower case. */
export function isCommonWord(word: string): boolean {
  return words.has(word)
}

function hasBit(bits: Uint8Array, hash: number): boolean {
  const place = (hash ^ (hash >>> BITS)) & PLACES
  return ((bits[place >> 3] ?? 0) & (1 << (place & 7))) !== 0
}

function setBit(bits: Uint8Array, hash: number): void {
  const place = (hash ^ (hash >>> BITS)) & PLACES
  bits[place >> 3] = (bits[place >> 3] ?? 0) | (1 << (place & 7))
}

for (const word of words) {
  let hash = FNV_START
  for (let index = 0; index < word.length; index++) {
    hash = addToHash(hash, word.charCodeAt(index))
    setBit(beginningBits, hash)
  }
  setBit(wordBits, hash)
}

/** Longest run that is split into words. */
export const LONGEST_RUN = 1_000
// Half points, so that they stay whole numbers.
const UNKNOWN_LETTER = 4
const KNOWN_WORD = 2
const SHORT_WORD = 3
const UNREACHED = 0x7fffffff
// Used by one split at a time, which is never interrupted.
const cost = new Int32Array(LONGEST_RUN + 1)
const from = new Int32Array(LONGEST_RUN + 1)
const strange = new Int32Array(LONGEST_RUN + 1)

/**
 * Where the words of a run of at most 1,000 lower-case letters end, so that as few letters as possible are in no common
 * word; `undefined` when more than a quarter of them would be. Linear.
 */
export function splitIntoWords(run: string): number[] | undefined {
  if (run.length > LONGEST_RUN) return undefined
  cost.fill(UNREACHED, 0, run.length + 1)
  cost[0] = 0
  strange[0] = 0
  for (let start = 0; start < run.length; start++) reachFrom(run, start)
  return (strange[run.length] ?? 0) * 4 > run.length ? undefined : endsOf(run.length)
}

/** Goes on from `start` by one strange letter, and by each common word that begins there. */
function reachFrom(run: string, start: number): void {
  const base = cost[start] ?? 0
  const odd = strange[start] ?? 0
  reach(start, start + 1, base + UNKNOWN_LETTER, odd + 1)
  const furthest = Math.min(run.length, start + LONGEST_WORD)
  let hash = FNV_START
  for (let end = start + 1; end <= furthest; end++) {
    hash = addToHash(hash, run.charCodeAt(end - 1))
    if (!hasBit(beginningBits, hash)) return
    const price = base + (end - start > 2 ? KNOWN_WORD : SHORT_WORD)
    if (price >= (cost[end] ?? 0) || !hasBit(wordBits, hash)) continue
    if (words.has(run.slice(start, end))) reach(start, end, price, odd)
  }
}

function reach(start: number, end: number, price: number, odd: number): void {
  if (price >= (cost[end] ?? 0)) return
  cost[end] = price
  from[end] = start
  strange[end] = odd
}

/** The ends on the way that leads back from `last`, first to last. */
function endsOf(last: number): number[] {
  const ends: number[] = []
  for (let end = last; end > 0; end = from[end] ?? 0) ends.push(end)
  return ends.reverse()
}
