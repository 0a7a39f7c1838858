import type { PolicyDefinition } from '@keeptrusts/core'
import { builtinPolicies } from '@keeptrusts/core'
import { machine, today } from '../save-result.ts'
import type { EvalArguments, Evaluated } from './command-line.ts'
import { costSubjects } from './cost/cost-subjects.ts'
import { measureCost } from './cost/measure-cost.ts'
import { evaluateCredentials } from './credentials/evaluate-credentials.ts'
import { evaluateInjection } from './injection/evaluate-injection.ts'
import { evaluatePii } from './pii/evaluate-pii.ts'
import type { DetectionResult, SubjectCost } from './report/detection-result.ts'

type Part = Partial<Omit<DetectionResult, 'cost'>>

const evaluations: Readonly<
  Record<Evaluated, (definition: PolicyDefinition, folder: string) => Part | null>
> = {
  'prompt-injection': (definition, folder) =>
    part('injection', evaluateInjection(definition, folder)),
  'pii-detector': (definition, folder) => part('pii', evaluatePii(definition, folder)),
  'dlp-filter': (definition, folder) =>
    part('credentials', evaluateCredentials(definition, folder)),
}

/** Runs what the command was asked for. `say` gets one line for each part that is left out or done. */
export function evaluate(
  { data, policies, cost }: Pick<EvalArguments, 'data' | 'policies' | 'cost'>,
  say: (line: string) => void,
): DetectionResult {
  let result: DetectionResult = { date: today, machine, cost: [] }
  for (const kind of policies) {
    const started = performance.now()
    const definition = builtinPolicies.find((one) => one.kind === kind)
    if (definition === undefined) {
      say(`${kind}: left out, this version has no such policy`)
      continue
    }
    const measured = evaluations[kind](definition, data)
    if (measured === null) say(`${kind}: ${data} has no rows for it`)
    const costs = cost ? costsOf(definition) : []
    result = { ...result, ...measured, cost: [...result.cost, ...costs] }
    say(`${kind}: ${((performance.now() - started) / 1000).toFixed(0)} s`)
  }
  return result
}

function part<Key extends keyof Part>(key: Key, value: Part[Key] | null): Part | null {
  return value === null ? null : { [key]: value }
}

function costsOf(definition: PolicyDefinition): SubjectCost[] {
  return costSubjects(definition).map(({ name, kind, goal, run }) => ({
    subject: name,
    kind,
    ...(goal === undefined ? {} : { goal }),
    rows: measureCost(run),
  }))
}
