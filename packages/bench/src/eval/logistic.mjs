// Two small trainers: a sparse logistic regression over hashed words, and a dense one above it.

/** A repeatable stream of numbers in [0, 1). */
function seeded(seed) {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4294967296
  }
}

const sparse = { epochs: 12, rate: 0.3, decay: 1e-5 }

/** AdaGrad over `{ buckets, target, weight }`; every feature has the value 1/sqrt(number of features). */
export function trainSparse(examples, size, seed) {
  const random = seeded(seed)
  const weights = new Float32Array(size)
  const squares = new Float32Array(size).fill(1e-3)
  let bias = 0
  let biasSquares = 1e-3
  const order = [...examples]
  for (let epoch = 0; epoch < sparse.epochs; epoch++) {
    shuffle(order, random)
    for (const { buckets, target, weight } of order) {
      const value = 1 / Math.sqrt(Math.max(1, buckets.length))
      let sum = 0
      for (const bucket of buckets) sum += weights[bucket]
      const gradient = (1 / (1 + Math.exp(-bias - sum * value)) - target) * weight
      if (Math.abs(gradient) < 1e-4) continue
      biasSquares += gradient * gradient
      bias -= (sparse.rate * gradient) / Math.sqrt(biasSquares)
      for (const bucket of buckets) {
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
 * Logistic regression over `{ features: [[index, value]…], target, weight }`, pulled towards `prior` with `pull`;
 * weights with an index in `most` stay between 0 and that number.
 */
export function trainDense(examples, { prior, pull, most }) {
  const weights = Float64Array.from(prior)
  let bias = -2.5
  for (let round = 0; round < 150; round++) {
    const gradient = new Float64Array(prior.length)
    const curvature = new Float64Array(prior.length)
    let biasGradient = 0
    let biasCurvature = 1
    for (const { features, target, weight } of examples) {
      let sum = bias
      for (const [index, value] of features) sum += weights[index] * value
      const guess = 1 / (1 + Math.exp(-sum))
      const error = (guess - target) * weight
      const bend = guess * (1 - guess) * weight
      biasGradient += error
      biasCurvature += bend
      for (const [index, value] of features) {
        gradient[index] += error * value
        curvature[index] += bend * value * value
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
