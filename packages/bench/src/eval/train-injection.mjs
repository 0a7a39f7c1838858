// `node packages/bench/src/eval/train-injection.mjs --data DIR` (after a build): fits the prompt-injection detector.
// Writes model-weights.ts and rule-weights.ts. Only rows with `trainable: true` shape the shipped words model;
// all rows are measured on, in folds that never share a source (and in plain folds, for the other end of the truth).
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { hardNegatives } from './hard-negatives.mjs'
import { trainDense, trainSparse } from './logistic.mjs'
import { areaUnderCurve, percent, thresholdAt } from './metrics.mjs'
import { argument, groupOf, readRows } from './rows.mjs'

const core = new URL('../../../core/', import.meta.url)
const load = (path) => import(new URL(`dist/${path}`, core).href)
const { foldText } = await load('text/fold.js')
const { tokenize } = await load('policies/prompt-injection/tokens.js')
const { pairBucket, wordBucket } = await load('policies/prompt-injection/linear-model.js')
const { windowsOf } = await load('policies/prompt-injection/windows.js')
const { finishSteps } = await load('text/steps.js')
const { rules } = await load('policies/prompt-injection/rules.js')

const SIZE = 65_536
const SEED = 42
const FOLDS = 10
const ATTACK_WEIGHT = 1.5
const TARGET_FALSE_ALARMS = Number(argument('fpr') ?? 0.005)
const MODEL_LIMIT = 6
// Not attacks on the prompt: plain tasks that only count inside a document, descriptions of attacks.
const skipped =
  /^(bipia-|psfuzz-(aim|self_refine|typoglycemia|ethical|complimentary)|garak-promptinject)/
const systemPrompt = /^system-prompt/
const noModel = { weights: new Int8Array(1), scale: 0, bias: 0 }
const markers = { fakeBoundaries: true, delimiters: true }

const folder = argument('data')
if (folder === undefined)
  throw new Error('--data DIR is missing: a folder with injection*.jsonl.gz')
const rows = [...readRows(folder, 'injection'), ...hardNegatives()]
  .filter((row) => !skipped.test(row.subset))
  .map(prepare)

function prepare(row) {
  const { text } = foldText(row.text)
  const { hashes } = tokenize(text)
  const windows = finishSteps(windowsOf(text, markers, noModel)).map((window) => {
    const buckets = []
    for (let word = window.firstWord; word < window.endWord; word++) {
      buckets.push(wordBucket(hashes[word], SIZE))
      if (word + 1 < window.endWord) buckets.push(pairBucket(hashes[word], hashes[word + 1], SIZE))
    }
    return { kind: window.kind, buckets, hits: window.hits.map((hit) => hit.rule), model: {} }
  })
  return {
    ...row,
    windows,
    group: groupOf(row),
    target: row.label === 'injection' ? 1 : 0,
    ordinary: !systemPrompt.test(row.subset),
  }
}

/** Folds of about the same size that keep groups together. */
function foldByGroup(kind) {
  const groups = Map.groupBy ? Map.groupBy(rows, (row) => row.group) : grouped()
  const sizes = new Array(FOLDS).fill(0)
  for (const [, members] of [...groups].sort((a, b) => b[1].length - a[1].length)) {
    const fold = sizes.indexOf(Math.min(...sizes))
    sizes[fold] += members.length
    for (const row of members) row[kind] = fold
  }
}

function grouped() {
  const groups = new Map()
  for (const row of rows) groups.set(row.group, [...(groups.get(row.group) ?? []), row])
  return groups
}

/** Short windows repeat what the others hold, and may hold the harmless part of an attack: not learned from. */
function wordModel(selected) {
  const examples = selected.flatMap((row) => {
    const windows = row.windows.filter((window) => window.kind !== 'short')
    const weight = (row.target === 1 ? ATTACK_WEIGHT : 1) / Math.sqrt(windows.length)
    return windows.map(({ buckets }) => ({ buckets, target: row.target, weight }))
  })
  return trainSparse(examples, SIZE, SEED)
}

function modelScore({ weights, bias }, { buckets }) {
  let sum = 0
  for (const bucket of buckets) sum += weights[bucket]
  return bias + sum / Math.sqrt(Math.max(1, buckets.length))
}

foldByGroup('strange')
for (const [index, row] of rows.entries()) {
  row.familiar = (Math.imul(index + 7, 2654435761) >>> 0) % FOLDS
  // Written for the fit, so every fit sees most of them; they say nothing about sources that it has not seen.
  if (row.subset === 'hard-negative') row.strange = row.familiar
}
/** Rows that the figures are about. */
const judged = rows.filter((row) => row.ordinary && row.subset !== 'hard-negative')
for (const kind of ['strange', 'familiar']) {
  for (let fold = 0; fold < FOLDS; fold++) {
    const model = wordModel(rows.filter((row) => row[kind] !== fold && row.trainable))
    for (const row of rows.filter((other) => other[kind] === fold)) {
      for (const window of row.windows) window.model[kind] = modelScore(model, window)
    }
  }
}

const clip = (score) => Math.max(-MODEL_LIMIT, Math.min(MODEL_LIMIT, score))
// After the rules: the model's factor and what is added, for each kind of window.
const kinds = ['whole', 'long', 'short']
const linearOf = (kind) => rules.length + 2 * kinds.indexOf(kind)
const addedOf = (kind) => linearOf(kind) + 1
const features = (window, split) => [
  ...window.hits.map((rule) => [rule, 1]),
  [linearOf(window.kind), clip(window.model[split])],
  [addedOf(window.kind), 1],
]
const sumOf = ({ weights, bias }, list) =>
  list.reduce((sum, [index, value]) => sum + weights[index] * value, bias)
const prior = [...rules.map((rule) => rule.prior / 10), ...kinds.flatMap(() => [0.6, 0])]
const most = new Map([
  ...rules.map((rule, index) => [index, rule.most / 10]),
  ...kinds.map((kind) => [linearOf(kind), 2]),
])
const settings = { prior, pull: Number(argument('pull') ?? 2), most }

/** An attack counts by its most telling window, a harmless text by all of them. */
function fitAbove(selected) {
  let fitted = { weights: Float64Array.from(prior), bias: -2.5 }
  for (let round = 0; round < 3; round++) {
    const examples = []
    for (const row of selected) {
      for (const kind of ['strange', 'familiar']) {
        const all = row.windows.map((window) => features(window, kind))
        const best = all.reduce((a, b) => (sumOf(fitted, b) > sumOf(fitted, a) ? b : a))
        if (row.target === 1) examples.push({ features: best, target: 1, weight: 0.5 })
        else
          for (const one of all)
            examples.push({ features: one, target: 0, weight: 0.5 / Math.sqrt(all.length) })
      }
    }
    fitted = trainDense(examples, settings)
  }
  return fitted
}

/** The highest score of each kind of window. */
function worstOf(fitted, row, split) {
  const worst = {}
  for (const window of row.windows) {
    const score = sumOf(fitted, features(window, split))
    worst[window.kind] = Math.max(worst[window.kind] ?? Number.NEGATIVE_INFINITY, score)
  }
  return worst
}

for (const split of ['strange', 'familiar']) {
  for (let fold = 0; fold < FOLDS; fold++) {
    const fitted = fitAbove(rows.filter((row) => row.ordinary && row[split] !== fold))
    for (const row of rows.filter((other) => other[split] === fold)) {
      row[`${split}Worst`] = worstOf(fitted, row, split)
      row[`${split}Score`] = Math.max(...Object.values(row[`${split}Worst`]))
    }
  }
}

const overrides = /^(deepset|prompt-extraction|direct|giskard|jailbreak|llm-confid|patt|psfuzz-dan)/
function report(kind) {
  const score = (row) => row[`${kind}Score`]
  const harmless = judged.filter((row) => row.target === 0).map(score)
  const attacks = rows.filter((row) => row.target === 1)
  const limit = thresholdAt(harmless, 0.01)
  const over = attacks.filter((row) => overrides.test(row.subset)).map(score)
  console.log(kind, {
    auc: areaUnderCurve(attacks.map(score), harmless).toFixed(4),
    'recall at 1 % false alarms': percent(attacks.map(score), (s) => s > limit),
    'same, overrides': percent(over, (s) => s > limit),
  })
  if (!process.argv.includes('--verbose')) return
  const subsets = [...new Set(rows.map((row) => `${row.label} ${row.subset}`))].sort()
  for (const subset of subsets) {
    const members = rows.filter((row) => `${row.label} ${row.subset}` === subset).map(score)
    console.log(
      '  ',
      subset.padEnd(42),
      String(members.length).padStart(5),
      percent(members, (s) => s > limit),
    )
  }
}
report('strange')
report('familiar')

if (process.argv.includes('--dry-run')) process.exit(0)

const final = fitAbove(rows.filter((row) => row.ordinary))
// Each kind of window may err in its own share of harmless texts, whatever the others do; the stricter of both splits counts.
const shares = { whole: TARGET_FALSE_ALARMS, long: 0.003, short: 0.006 }
const limits = Object.fromEntries(
  kinds.map((kind) => [
    kind,
    Math.max(
      ...['strange', 'familiar'].map((split) => {
        const worst = judged
          .filter((row) => row.target === 0)
          .map((row) => row[`${split}Worst`][kind])
          .filter((score) => score !== undefined)
        return thresholdAt(worst, shares[kind])
      }),
    ),
  ]),
)
const tenths = (value) => Math.round(value * 10)
const calibration = {
  bias: tenths(final.bias),
  offset: tenths(Math.log(0.8 / 0.2) - limits.whole),
  windows: Object.fromEntries(
    kinds.map((kind) => [
      kind,
      {
        added: tenths(final.weights[addedOf(kind)]),
        linear: tenths(final.weights[linearOf(kind)]),
      },
    ]),
  ),
  rules: Object.fromEntries(rules.map((rule, index) => [rule.key, tenths(final.weights[index])])),
}
const target = new URL('src/policies/prompt-injection/', core)
const head = '// Written by packages/bench/src/eval/train-injection.mjs.\n'
writeFileSync(
  fileURLToPath(new URL('rule-weights.ts', target)),
  `import type { Calibration } from './calibration.ts'\n\n${head}export const calibration: Calibration = ${JSON.stringify(calibration, null, 2)}\n`,
)

const words = wordModel(rows.filter((row) => row.trainable))
const scale = Math.max(...words.weights.map(Math.abs)) / 127
const packed = Buffer.from(
  Int8Array.from(words.weights, (weight) => Math.round(weight / scale)).buffer,
)
writeFileSync(
  fileURLToPath(new URL('model-weights.ts', target)),
  `import type { PackedModel } from './linear-model.ts'\n\n${head}export const packedModel: PackedModel = {\n  scale: ${scale.toPrecision(6)},\n  bias: ${words.bias.toPrecision(6)},\n  weights:\n    '${packed.toString('base64')}',\n}\n`,
)
console.log({ limits, scale, ...calibration, rules: Object.keys(calibration.rules).length })
