import type { CredentialRule } from '../credentials/credential-rule.ts'
import { mlflowAndDatabricks } from '../credentials/mlflow-and-databricks.ts'
import { credentialRules } from '../credentials/rules.ts'
import type { DlpFilterOptions } from '../options.ts'
import { highMarks, restrictedMarks } from './classification-rules.ts'
import { genericRules } from './generic-rules.ts'
import { mlflowRules } from './mlflow-rules.ts'
import { modelFileRules } from './model-file-rules.ts'
import type { Rule } from './rule.ts'

const marks: Readonly<Record<DlpFilterOptions['sensitivity_level'], readonly Rule[]>> = {
  standard: [],
  high: highMarks,
  restricted: [...highMarks, ...restrictedMarks],
}

const ofMlflow: ReadonlySet<CredentialRule> = new Set(mlflowAndDatabricks)
/** `private-key` finds these from their first line on, and follows them to their end. */
const foundWhole: ReadonlySet<string> = new Set([
  'pem-private-key',
  'pem-encrypted-or-armored-private-key',
])

/** A vendor's rule among the others. */
function fromCredentialRule(rule: CredentialRule): Rule {
  const { vendor, source, ...facts } = rule
  return {
    ...facts,
    type: 'CREDENTIAL',
    category: ofMlflow.has(rule) ? 'mlflow.credentials' : 'credentials',
  }
}

const secretRules: readonly Rule[] = [
  ...credentialRules.filter(({ id }) => !foundWhole.has(id)).map(fromCredentialRule),
  ...mlflowRules,
  ...modelFileRules,
  ...genericRules,
]

/** The built-in rules of a sensitivity level. */
export function rulesFor(level: DlpFilterOptions['sensitivity_level']): readonly Rule[] {
  return [...secretRules, ...marks[level]]
}
