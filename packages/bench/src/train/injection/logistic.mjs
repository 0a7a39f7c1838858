// Two small trainers: a sparse logistic regression over hashed features, and a dense one above it. Both give the same
// weights for the same examples in the same order, on every machine: no clock, no random numbers but a seeded row.

/** A repeatable stream of numbers in [0, 1). */
export function seeded(seed) {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4294967296
  }
}

const sparse = { rate: 0.3, decay: 1e-5 }

/** AdaGrad over `{ buckets, target, weight }`; every feature has the value 1/sqrt(number of features). */
export function trainSparse(examples, { size, seed, epochs }) {
  const random = seeded(seed)
  const weights = new Float32Array(size)
  const squares = new Float32Array(size).fill(1e-3)
  let bias = 0
  let biasSquares = 1e-3
  const order = [...examples]
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random)
    for (const { buckets, target, weight } of order) {
      const value = 1 / Math.sqrt(Math.max(1, buckets.length))
      let sum = 0
      for (let index = 0; index < buckets.length; index++) sum += weights[buckets[index]]
      const gradient = (1 / (1 + Math.exp(-bias - sum * value)) - target) * weight
      if (Math.abs(gradient) < 1e-3) continue
      biasSquares += gradient * gradient
      bias -= (sparse.rate * gradient) / Math.sqrt(biasSquares)
      for (let index = 0; index < buckets.length; index++) {
        const bucket = buckets[index]
        const step = gradient * value + sparse.decay * weights[bucket]
        squares[bucket] += step * step
        weights[bucket] -= (sparse.rate * step) / Math.sqrt(squares[bucket])
      }
    }
  }
  return { weights, bias }
}

function shuffle(list, random) {
  for (let index = list.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1))
    const kept = list[index]
    list[index] = list[other]
    list[other] = kept
  }
}

/**
 * Logistic regression over `{ features, values, target, weight }`, pulled towards `prior` with `pull`;
 * weights with an index in `most` stay between 0 and that number.
 */
export function trainDense(examples, { prior, pull, most, rounds }, start) {
  const weights = Float64Array.from(start?.weights ?? prior)
  let bias = start?.bias ?? -2.5
  const gradient = new Float64Array(prior.length)
  const curvature = new Float64Array(prior.length)
  for (let round = 0; round < rounds; round++) {
    gradient.fill(0)
    curvature.fill(0)
    let biasGradient = 0
    let biasCurvature = 1
    for (const { features, values, target, weight } of examples) {
      let sum = bias
      for (let i = 0; i < features.length; i++) sum += weights[features[i]] * values[i]
      const guess = 1 / (1 + Math.exp(-sum))
      const error = (guess - target) * weight
      const bend = guess * (1 - guess) * weight
      biasGradient += error
      biasCurvature += bend
      for (let i = 0; i < features.length; i++) {
        gradient[features[i]] += error * values[i]
        curvature[features[i]] += bend * values[i] * values[i]
      }
    }
    bias -= (0.5 * biasGradient) / biasCurvature
    for (let index = 0; index < weights.length; index++) {
      const step = gradient[index] + pull * (weights[index] - prior[index])
      weights[index] -= (0.3 * step) / (curvature[index] + pull + 3)
      if (most.has(index)) weights[index] = Math.min(most.get(index), Math.max(0, weights[index]))
    }
  }
  return { weights, bias }
}
