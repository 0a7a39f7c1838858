// An averaged structured perceptron with a margin: the tags of a run of words are learned together.

/** Numbers that look random and are the same in every run (mulberry32). */
export function randomNumbers(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mix = Math.imul(state ^ (state >>> 15), state | 1)
    mix ^= mix + Math.imul(mix ^ (mix >>> 7), mix | 61)
    return ((mix ^ (mix >>> 14)) >>> 0) / 4294967296
  }
}

/** Puts a list into an order that depends on the numbers only. */
function shuffle(list, random) {
  for (let index = list.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1))
    ;[list[index], list[other]] = [list[other], list[index]]
  }
  return list
}

/**
 * Fits weights to examples `{features, tags}` (`features`: buckets of `perWord` features for each word).
 * `missCost` is the margin by which a name must win, `falseCost` that of its absence.
 */
export function fitTagger(examples, { tag, buckets, perWord, rounds, seed, missCost, falseCost }) {
  const weights = new Float64Array(buckets * 2)
  const steps = new Float64Array(9)
  const sums = new Float64Array(buckets * 2)
  const stepSums = new Float64Array(9)
  const random = randomNumbers(seed)
  const order = examples.map((_, index) => index)
  let time = 1
  const change = (features, word, tagged, by) => {
    if (tagged === 0) return
    for (let index = 0; index < perWord; index += 1) {
      const bucket = features[word * perWord + index] * 2 + tagged - 1
      weights[bucket] += by
      sums[bucket] += by * time
    }
  }
  const step = (from, to, by) => {
    steps[from * 3 + to] += by
    stepSums[from * 3 + to] += by * time
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const index of shuffle(order, random)) {
      const { features, tags } = examples[index]
      const costs = new Float64Array(tags.length * 3)
      tags.forEach((right, word) => {
        for (let other = 0; other < 3; other += 1)
          if (other !== right) costs[word * 3 + other] = right === 0 ? falseCost : missCost
      })
      const guess = tag(features, { weights, steps }, 0, costs)
      for (let word = 0; word < tags.length; word += 1) {
        const before = word === 0 ? 0 : tags[word - 1]
        const guessedBefore = word === 0 ? 0 : guess[word - 1]
        if (tags[word] !== guess[word]) {
          change(features, word, tags[word], 1)
          change(features, word, guess[word], -1)
        }
        if (tags[word] !== guess[word] || before !== guessedBefore) {
          step(before, tags[word], 1)
          step(guessedBefore, guess[word], -1)
        }
      }
      time += 1
    }
  }
  return {
    weights: weights.map((weight, index) => weight - sums[index] / time),
    steps: steps.map((weight, index) => weight - stepSums[index] / time),
  }
}
