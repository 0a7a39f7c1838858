import { contrastOf, isBrief, limitedModel, rules, typicalOf } from './core.mjs'
import { trainDense, trainSparse } from './logistic.mjs'
import {
  ATTACK_WEIGHT,
  EPOCHS,
  OWN_ATTACK_WEIGHT,
  OWN_HARMLESS_WEIGHT,
  PLANTED_WEIGHT,
  PULL,
  SEED,
  SIZE,
} from './settings.mjs'

/** Kinds of windows: each has a factor for the linear model, one for how far it stands out, and something that is added. */
export const kinds = ['whole', 'long', 'short', 'sentence']
export const linearOf = (kind) => rules.length + 3 * kinds.indexOf(kind)
export const addedOf = (kind) => linearOf(kind) + 1
export const contrastWeightOf = (kind) => linearOf(kind) + 2

const ownWeight = (row) => {
  if (!row.own) return 1
  return row.target === 1 ? OWN_ATTACK_WEIGHT : OWN_HARMLESS_WEIGHT
}

/** Fits the words model. Short windows repeat what the others hold, and may be the harmless part of an attack: not learned from. */
export function fitWords(rows) {
  const examples = rows.flatMap((row) => {
    const windows = row.windows.filter(({ kind }) => !isBrief(kind))
    const weight = (row.target === 1 ? ATTACK_WEIGHT : 1) * ownWeight(row)
    return windows.map(({ buckets }) => ({
      buckets,
      target: row.target,
      weight: weight / Math.sqrt(windows.length),
    }))
  })
  return trainSparse(examples, { size: SIZE, seed: SEED, epochs: EPOCHS })
}

/** Log-odds of one window under a words model. */
function scoreWords({ weights, bias }, { buckets }) {
  let sum = 0
  for (let index = 0; index < buckets.length; index++) sum += weights[buckets[index]]
  return bias + sum / Math.sqrt(Math.max(1, buckets.length))
}

/** Sets what a words model says of each window of a row, and how far that stands out from the rest of the text. */
export function applyWords(words, { windows }) {
  for (const window of windows) window.model = scoreWords(words, window)
  const typical = typicalOf(windows)
  for (const window of windows) {
    window.contrast = isBrief(window.kind) ? contrastOf(window.model, typical) : 0
  }
}

/** Score of one window: its rules, and the words model as far as its kind of window trusts it. */
function scoreWindow({ weights, bias }, window) {
  const { kind, model, contrast } = window
  let sum = bias + weights[linearOf(kind)] * limitedModel(model) + weights[addedOf(kind)]
  sum += weights[contrastWeightOf(kind)] * contrast
  for (const rule of window.hits) sum += weights[rule]
  return sum
}

const prior = [...rules.map((rule) => rule.prior / 10), ...kinds.flatMap(() => [0.6, 0, 0])]
const most = new Map([
  ...rules.map((rule, index) => [index, rule.most / 10]),
  ...kinds.flatMap((kind) => [
    [linearOf(kind), 2],
    [contrastWeightOf(kind), 2],
  ]),
])
/** A harmless text counts by so many of its most suspicious windows. */
const TELLING = 4
const ROUNDS = 3
/** Fits the weights of rules and windows. An attack counts by its most telling window. */
export function fitAbove(rows) {
  let fitted = { weights: Float64Array.from(prior), bias: -2.5 }
  for (let round = 0; round < ROUNDS; round++) {
    const examples = rows.flatMap((row) => {
      const ranked = (row.planted?.windows ?? row.windows)
        .map((window) => ({ window, score: scoreWindow(fitted, window) }))
        .sort((a, b) => b.score - a.score)
        .slice(0, row.target === 1 ? 1 : TELLING)
      const weight =
        (ownWeight(row) * (row.planted ? PLANTED_WEIGHT : 1)) / Math.sqrt(ranked.length)
      return ranked.map(({ window }) => exampleOf(window, row.target, weight))
    })
    fitted = trainDense(examples, { prior, pull: PULL, most, rounds: 60 }, fitted)
  }
  return fitted
}

function exampleOf(window, target, weight) {
  return {
    features: [
      ...window.hits,
      linearOf(window.kind),
      addedOf(window.kind),
      contrastWeightOf(window.kind),
    ],
    values: [...window.hits.map(() => 1), limitedModel(window.model), 1, window.contrast],
    target,
    weight,
  }
}

/** The highest score of each kind of window. */
export function worstOf(fitted, windows) {
  const worst = {}
  for (const window of windows) {
    const score = scoreWindow(fitted, window)
    worst[window.kind] = Math.max(worst[window.kind] ?? Number.NEGATIVE_INFINITY, score)
  }
  return worst
}
