import { credentialRules } from '../credentials/credential-rules.ts'
import type { DlpFilterOptions } from '../options.ts'
import { highMarks, restrictedMarks } from './classification-rules.ts'
import { genericRules } from './generic-rules.ts'
import { mlflowRules } from './mlflow-rules.ts'
import { modelFileRules } from './model-file-rules.ts'
import type { Rule } from './rule.ts'
import { fromCredentialRule } from './rule.ts'

const marks: Readonly<Record<DlpFilterOptions['sensitivity_level'], readonly Rule[]>> = {
  standard: [],
  high: highMarks,
  restricted: [...highMarks, ...restrictedMarks],
}

const secretRules: readonly Rule[] = [
  ...credentialRules.map(fromCredentialRule),
  ...mlflowRules,
  ...modelFileRules,
  ...genericRules,
]

/** The built-in rules of a sensitivity level. */
export function rulesFor(level: DlpFilterOptions['sensitivity_level']): readonly Rule[] {
  return [...secretRules, ...marks[level]]
}
