import type { AuditEvent } from '../audit/audit-event.ts'
import { buildCompletedEvent } from '../audit/completed-event.ts'
import { buildDecidedEvent } from '../audit/decided-event.ts'
import { newRequestId } from '../audit/event-id.ts'
import type { Direction } from '../message/segment.ts'
import type { CallInput } from './call-input.ts'
import type { Blocked, Passed } from './decision.ts'
import type { EngineParts } from './engine-parts.ts'
import type { ChainOutcome } from './run-chain.ts'

/** The call that a decision is about. */
export interface Concluded {
  readonly direction: Direction
  readonly input: CallInput
  /** `request.decided` of the call, for an answer. */
  readonly request: AuditEvent | null
  readonly outcome: ChainOutcome
  readonly notScanned: Readonly<Record<string, number>>
}

/** Sums up what the chain said about one side of a call, with the event that records it. */
export function conclude(parts: EngineParts, concluded: Concluded): Passed | Blocked {
  const { direction, outcome, notScanned } = concluded
  const { policies, block } = outcome
  const facts = {
    direction,
    policies,
    findings: policies.flatMap(({ findings }) => findings),
    not_scanned: notScanned,
  }
  const redacted = policies.some(({ verdict }) => verdict === 'redact')
  const passed = redacted ? ('redact' as const) : ('allow' as const)
  const event = eventOf(parts, concluded, {
    ...facts,
    outcome: block === null ? passed : 'block',
    ...(block === null ? {} : { block }),
  })
  if (block !== null) return { outcome: 'block', ...facts, ...block, event }
  return { outcome: passed, ...facts, event }
}

function eventOf(
  { config, now }: EngineParts,
  { direction, input, request }: Concluded,
  side: Parameters<typeof buildDecidedEvent>[0]['side'],
): AuditEvent {
  const time = now()
  const requestId = request?.request_id ?? input.requestId ?? newRequestId(time)
  const call = { requestId, time, config }
  return direction === 'request'
    ? buildDecidedEvent({ ...call, side })
    : buildCompletedEvent({ ...call, side, request })
}
