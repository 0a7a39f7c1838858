// `npm run train:injection -- --data DIR [--out DIR] [--date YYYY-MM-DD] [--dry-run] [--quick]` (after a build): fits the
// prompt-injection detector to the rows of DIR and our own samples. Writes model-weights.ts, rule-weights.ts,
// model-card.json and model-card.md; the same rows give the same bytes.
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { argument } from '../../eval/rows.mjs'
import { limitsOf } from './calibrate.mjs'
import { detectorFolder } from './core.mjs'
import { fitAbove, fitWords } from './fit.mjs'
import { assignFolds, scoreStrangers, teachesRules, teachesWords } from './folds.mjs'
import { measureStrangers } from './measure.mjs'
import { modelCard, writeCard } from './model-card.mjs'
import { measurePlanted, plantAttacks } from './plant.mjs'
import { prepareRows } from './prepare-rows.mjs'
import { calibrationOf, packWords, weightsHash, writeDetector } from './write-detector.mjs'

/** A quick run shows that training works; its weights are of no use. */
const QUICK = 16

const data = argument('data')
if (data === undefined) {
  console.error(
    'usage: train:injection --data DIR [--out DIR] [--date YYYY-MM-DD] [--dry-run] [--quick]',
  )
  process.exitCode = 2
} else {
  train(data)
}

function train(folder) {
  const rows = prepareRows(folder, process.argv.includes('--quick') ? QUICK : 1)
  assignFolds(rows)
  const planted = plantAttacks(rows)
  scoreStrangers([...rows, ...planted])
  const limits = limitsOf(rows)
  const figures = measureStrangers(rows, limits.prompts)
  const hidden = measurePlanted(rows, planted, limits.documents)
  console.log(JSON.stringify({ ...figures, hidden, limits }, null, 1))
  if (process.argv.includes('--dry-run')) return

  // The rules are fitted on what the words model says of strangers, so that they do not lean on it too much.
  const calibration = calibrationOf(fitAbove([...rows, ...planted].filter(teachesRules)), limits)
  const packed = packWords(fitWords(rows.filter(teachesWords)))
  const out = argument('out')
  const target = out === undefined ? detectorFolder : pathToFileURL(`${resolve(out)}/`)
  const date = argument('date') ?? new Date().toISOString().slice(0, 10)
  const hash = weightsHash(packed, calibration)
  writeDetector(target, packed, calibration)
  writeCard(target, modelCard({ rows, figures, planted: hidden, limits, calibration, hash, date }))
}
