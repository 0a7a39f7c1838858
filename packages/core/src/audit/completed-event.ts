import type { AuditEvent } from './audit-event.ts'
import type { CallFacts, SideFacts } from './decided-event.ts'
import { configFields, decisionFields, eventHead, sideFields } from './decided-event.ts'

export interface CompletedFacts extends CallFacts {
  /** `request.decided` of the same call; `null` for an answer that is checked by itself. */
  readonly request: AuditEvent | null
  /** What the chain said about the answer; `null` when there was none to check. */
  readonly side: SideFacts | null
  /** Code of what went wrong after the request was allowed: then the call's decision is `error`. */
  readonly errorCode?: string
}

const severity = ['allow', 'redact', 'block', 'error']

/** The record of how a call ended: its decision is the worse of request and answer. Holds no text of the call. */
export function buildCompletedEvent(facts: CompletedFacts): AuditEvent {
  const side = facts.side ?? nothingChecked
  return {
    ...eventHead(facts, 'request.completed'),
    stage: 'response',
    ...sideFields(side),
    ...wholeCall(facts, side),
    ...configFields(facts.config),
    refs: { decided: facts.request?.id ?? null },
  }
}

const nothingChecked: SideFacts = { outcome: 'allow', policies: [], not_scanned: {} }

function wholeCall({ request, errorCode }: CompletedFacts, side: SideFacts) {
  if (errorCode !== undefined)
    return { decision: 'error', reason_code: errorCode, policy: null, param: null }
  const answer = decisionFields(side)
  const asked = request?.decision ?? 'allow'
  if (request === null || severity.indexOf(answer.decision) >= severity.indexOf(asked))
    return answer
  return {
    decision: asked,
    reason_code: request['reason_code'] ?? answer.reason_code,
    policy: request['policy'] ?? null,
    param: request['param'] ?? null,
  }
}
