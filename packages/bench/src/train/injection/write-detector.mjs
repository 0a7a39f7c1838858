import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { rules } from './core.mjs'
import { addedOf, contrastWeightOf, kinds, linearOf } from './fit.mjs'

const HEAD = '// Written by `npm run train:injection`.\n'
/** Log-odds of 0.8: what the limits are moved to. */
const AT_LIMIT = Math.log(0.8 / 0.2)
const tenths = (value) => Math.round(value * 10)

/** What the detector adds to rules and words, in tenths of log-odds. */
export function calibrationOf(above, limits) {
  const added = (kind, place) =>
    above.weights[addedOf(kind)] + above.bias + AT_LIMIT - limits[place][kind]
  return {
    windows: Object.fromEntries(
      kinds.map((kind) => [
        kind,
        {
          linear: tenths(above.weights[linearOf(kind)]),
          contrast: tenths(above.weights[contrastWeightOf(kind)]),
          prompts: tenths(added(kind, 'prompts')),
          documents: tenths(added(kind, 'documents')),
        },
      ]),
    ),
    rules: Object.fromEntries(rules.map((rule, index) => [rule.key, tenths(above.weights[index])])),
  }
}

/** Packs a words model into one byte per weight. */
export function packWords({ weights, bias }) {
  const scale = Math.max(...weights.map(Math.abs), 1e-6) / 127
  const bytes = Int8Array.from(weights, (weight) => Math.round(weight / scale))
  return {
    scale: Number(scale.toPrecision(6)),
    bias: Number(bias.toPrecision(6)),
    weights: Buffer.from(bytes.buffer).toString('base64'),
  }
}

/** Hash of everything that was fitted, as the model card names it. */
export function weightsHash(packed, calibration) {
  return createHash('sha256')
    .update(JSON.stringify([packed, calibration]))
    .digest('hex')
}

/** Writes the two generated files of the detector into `folder`. */
export function writeDetector(folder, packed, calibration) {
  writeFileSync(
    new URL('rule-weights.ts', folder),
    `import type { Calibration } from './calibration.ts'\n\n${HEAD}export const calibration: Calibration = ${literal(calibration)}\n`,
  )
  writeFileSync(
    new URL('model-weights.ts', folder),
    `import type { PackedModel } from './linear-model.ts'\n\n${HEAD}export const packedModel: PackedModel = {\n  scale: ${packed.scale},\n  bias: ${packed.bias},\n  weights:\n    '${packed.weights}',\n}\n`,
  )
}

/** JSON as the formatter of this repository writes an object: keys bare where they may be, strings in single quotes. */
function literal(value, indent = '') {
  if (typeof value !== 'object') return JSON.stringify(value)
  const inner = `${indent}  `
  const lines = Object.entries(value).map(
    ([key, one]) => `${inner}${bare(key)}: ${literal(one, inner)},\n`,
  )
  return `{\n${lines.join('')}${indent}}`
}

function bare(key) {
  return /^[a-z_]\w*$/i.test(key) ? key : `'${key.replaceAll("'", "\\'")}'`
}
