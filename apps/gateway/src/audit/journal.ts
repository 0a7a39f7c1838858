import type { BodyDecision } from '@keeptrusts/core'
import type { GatewayError } from '../errors/gateway-error.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import type { CallOutcome } from '../metrics/gateway-metrics.ts'
import type { LeftAnswer } from './call-events.ts'
import type { Ending } from './ending.ts'

/** Takes down what becomes of one call, and counts it when it has ended. */
export interface Journal {
  /** Value of `x-keeptrusts-event`. */
  readonly reference: string
  /** Value of `x-keeptrusts-decision`: `allow | redact | block | error`, or `none` before any decision. */
  readonly outcome: string
  /** True once the request was decided about. */
  readonly decided: boolean
  /** The decision about the request, or the error that stands in its place. Throws `audit_unavailable`. */
  decide(decision: BodyDecision | GatewayError): Promise<void>
  /** How the call ended; only the first end counts. Throws `audit_unavailable`. */
  complete(ending: Ending): Promise<void>
  /** The call was left before its end; only the first end counts. Throws `audit_unavailable`. */
  abort(reason: string, left?: LeftAnswer): Promise<void>
}

/** Counts a call that has ended, as one that was left or by its outcome. */
export function countCall(
  ended: 'aborted' | { readonly outcome: string },
  { metrics }: Pick<GatewayDeps, 'metrics'>,
): void {
  metrics.count(ended === 'aborted' ? 'aborted' : countedAs(ended.outcome))
}

function countedAs(outcome: string): CallOutcome {
  return outcome === 'allow' || outcome === 'redact' || outcome === 'block' ? outcome : 'error'
}
