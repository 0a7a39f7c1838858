/** A repeatable stream of numbers in [0, 1): xorshift with a fixed seed, so that a result can be had again. */
export function seededRandom(seed: number): () => number {
  // Zero would stay zero.
  let state = (Math.imul(seed, 0x9e3779b1) ^ 0x6d2b79f5) >>> 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state / 0x100000000
  }
}

/** At most `count` of the values, the same ones every time, in their order. */
export function sampleOf<T>(values: readonly T[], count: number, seed = 1): readonly T[] {
  if (values.length <= count) return values
  const random = seededRandom(seed)
  const keys = values.map((_, index) => ({ index, key: random() }))
  const chosen = keys.sort((a, b) => a.key - b.key).slice(0, count)
  const kept = new Set(chosen.map(({ index }) => index))
  return values.filter((_, index) => kept.has(index))
}
