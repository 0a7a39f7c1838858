// `npm run eval --workspace @keeptrusts/bench -- --data DIR --policy prompt-injection` (after a build):
// what a detector finds in labelled rows, and what it costs.
import { evaluatePromptInjection } from './eval-injection.mjs'
import { argument } from './rows.mjs'

const evaluations = { 'prompt-injection': evaluatePromptInjection }
const policy = argument('policy') ?? 'prompt-injection'
const folder = argument('data')
const evaluate = evaluations[policy]

if (folder === undefined || evaluate === undefined) {
  console.error(`usage: eval --data DIR --policy ${Object.keys(evaluations).join('|')}`)
  process.exitCode = 2
} else {
  evaluate(folder)
}
