import { promptInjection } from '../../../core/dist/policies/prompt-injection/prompt-injection.js'
import { measureCost } from './cost.mjs'
import { areaUnderCurve, percent, thresholdAt } from './metrics.mjs'
import { readRows } from './rows.mjs'

const THRESHOLD = 800
const options = {
  backend: 'local',
  // Every score comes back.
  detection: { embedding_threshold: 0, attack_patterns: [] },
  encoding: { decode_base64: true, normalize_unicode: true, detect_homoglyphs: true },
  boundaries: { enforce_delimiters: true, reject_fake_boundaries: true },
  response: { action: 'block', message: 'blocked', log_level: 'warn' },
}
const policy = promptInjection.create(options)

function score(text, role = 'user') {
  const segment = { address: 'messages[0].content', role, field: 'content', kind: 'text', text }
  return policy.inspect(segment, 'request')[0]?.score ?? 0
}

/** Prints recall, false alarms, area under the curve and cost for the rows of `folder`. */
export function evaluatePromptInjection(folder) {
  const rows = readRows(folder, 'injection').map((row) => ({
    label: row.label,
    subset: row.subset,
    score: score(row.text, row.subset?.startsWith('system-prompt') ? 'system' : 'user'),
  }))
  const scoresOf = (label) => rows.filter((row) => row.label === label).map((row) => row.score)
  const attacks = scoresOf('injection')
  const harmless = scoresOf('benign')
  const limit = thresholdAt(harmless, 0.01)
  const flagged = (s) => s >= THRESHOLD
  console.log('attacks', attacks.length, 'found at 0.8:', percent(attacks, flagged), '%')
  console.log('harmless', harmless.length, 'flagged at 0.8:', percent(harmless, flagged), '%')
  console.log(
    'attacks found at 1 % false alarms:',
    percent(attacks, (s) => s > limit),
    '%',
  )
  console.log('area under the curve:', areaUnderCurve(attacks, harmless).toFixed(4))
  const names = new Set(rows.map(({ label, subset }) => `${label} ${subset}`))
  for (const name of [...names].sort()) {
    const scores = rows
      .filter(({ label, subset }) => `${label} ${subset}` === name)
      .map((row) => row.score)
    console.log(name.padEnd(44), String(scores.length).padStart(5), percent(scores, flagged))
  }
  console.log('cost in µs/KB:')
  console.table(measureCost((text) => score(text)))
}
