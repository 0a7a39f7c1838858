// `npm run eval -- --data DIR` from the root: what the detectors find in labelled rows, and what they cost.
import { existsSync } from 'node:fs'
import { today } from '../save-result.ts'
import type { EvalArguments } from './command-line.ts'
import { parseEvalArguments, usage } from './command-line.ts'
import { evaluate } from './evaluate.ts'
import { renderDetection } from './report/render-detection.ts'
import { saveDetection } from './report/save-detection.ts'

function main(): void {
  const args = argumentsOrNull()
  if (args === null) return
  const say = (line: string) => process.stderr.write(`${line}\n`)
  const result = evaluate(args, say)
  process.stdout.write(renderDetection(result))
  if (args.out === undefined) return
  for (const path of saveDetection(args.out, `${today}-${args.name}`, result)) say(`wrote ${path}`)
}

/** What was asked for; says what is wrong with it and sets the exit code otherwise. */
function argumentsOrNull(): EvalArguments | null {
  try {
    const args = parseEvalArguments(process.argv.slice(2))
    if (existsSync(args.data)) return args
    throw new Error(`--data ${args.data}: there is no such folder`)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n${usage}\n`)
    process.exitCode = 2
    return null
  }
}

main()
