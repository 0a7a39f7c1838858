import type { Match } from '../policy.ts'
import type { Finding } from './finding.ts'
import { markerFor } from './finding.ts'
import type { DlpFilterOptions } from './options.ts'
import type { Category, Rule } from './rules/rule.ts'

type Action = 'redact' | 'block' | 'monitor' | 'allow'

/** What is done about each category, by a policy's options. */
export class CategoryActions {
  readonly #actions: Readonly<Record<Category, Action>>
  readonly #excluded: ReadonlySet<string>

  constructor({ action, credentials, mlflow }: DlpFilterOptions) {
    this.#actions = {
      credentials: credentials.action ?? action,
      'mlflow.credentials': mlflow.credentials ?? action,
      'mlflow.tracking_uris': mlflow.tracking_uris ?? action,
      'mlflow.model_references': mlflow.model_references ?? action,
      'mlflow.run_references': mlflow.run_references ?? action,
      'mlflow.artifact_paths': mlflow.artifact_paths ?? action,
      'mlflow.model_files': mlflow.model_files ?? action,
      classification: action,
      terms: action,
      patterns: action,
    }
    this.#excluded = new Set(credentials.exclude)
  }

  /**
   * What a category's findings weigh where they overlap others: a block before a redaction before a report, and a vendor's
   * rule before one for all vendors; `null` when nothing is looked for.
   */
  weightOf({
    id,
    category,
    isGeneric,
  }: Pick<Rule, 'id' | 'category' | 'isGeneric'>): number | null {
    const action = this.#actions[category]
    if (action === 'allow' || this.#excluded.has(id)) return null
    // A long secret's later pieces weigh one more.
    return actionWeights[action] + (isGeneric ? 0 : 2)
  }

  /** The finding as the policy reports it. */
  toMatch({ rule, category, type, start, end, score, proven, isRest }: Finding): Match {
    const action = this.#actions[category]
    const match = { rule, type, start, end, score, ...(proven === true ? { proven } : {}) }
    if (action === 'block') return { ...match, action }
    const replacement = isRest ? '' : markerFor(type)
    const redaction: Match = { ...match, action: 'redact', replacement }
    return action === 'monitor' ? { ...redaction, monitored: true } : redaction
  }
}

const actionWeights = { block: 20, redact: 10, monitor: 0 } as const
