import type { CostRow } from '../cost/measure-cost.ts'
import type { CredentialResult } from '../credentials/evaluate-credentials.ts'
import type { InjectionResult } from '../injection/evaluate-injection.ts'
import type { PiiResult } from '../pii/evaluate-pii.ts'

/** What one subject costs on every kind of text. */
export interface SubjectCost {
  readonly subject: string
  readonly kind: string
  /** Microseconds per KB; absent where there is no goal. */
  readonly goal?: number
  readonly rows: readonly CostRow[]
}

/** One run of the evaluation. A policy that was not asked for, or that has no rows, is absent. */
export interface DetectionResult {
  readonly date: string
  readonly machine: string
  readonly injection?: InjectionResult
  readonly pii?: PiiResult
  readonly credentials?: CredentialResult
  readonly cost: readonly SubjectCost[]
}
