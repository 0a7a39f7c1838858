import type { CredentialRule } from '../credentials/credential-rule.ts'

/** What a rule's findings are; each category has an action of its own. */
export type Category =
  | 'credentials'
  | 'mlflow.credentials'
  | 'mlflow.tracking_uris'
  | 'mlflow.model_references'
  | 'mlflow.run_references'
  | 'mlflow.artifact_paths'
  | 'mlflow.model_files'
  | 'classification'
  | 'terms'
  | 'patterns'

/** A built-in rule: how a text is found that must not leave. */
export interface Rule extends Omit<CredentialRule, 'vendor' | 'source'> {
  readonly category: Category
  /** In UPPER_SNAKE: stands in the marker and is the finding's type. */
  readonly type: string
  /** A rule for many vendors, which gives way to a vendor's own. */
  readonly isGeneric?: true
}
