import type { AuditEvent, AuditValue } from '@keeptrusts/core'
import type { KnownCall } from '../call/known-call.ts'
import { toMicroseconds } from '../call/stopwatch.ts'
import { traceIdOf } from './trace-id-of.ts'

/** What a call came to, for whoever counts calls: numbers, codes and names of the configuration, no text of the call. */
export interface EndedCall {
  readonly requestId: string
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  readonly outcome: 'allow' | 'redact' | 'block' | 'error'
  readonly reasonCode: string
  /** Kind of the policy that acted first. */
  readonly policy: string | null
  /** The weightier of request and answer, by kind of policy. */
  readonly verdicts: ReadonlyMap<string, string>
  /** HTTP status sent to the client; `null` when it left first. */
  readonly status: number | null
  /** Names of the configuration: what a client wrote as `model` may be any text. */
  readonly target: { readonly id: string; readonly provider: string; readonly model: string } | null
  readonly stream: boolean
  readonly inputTokens: number
  readonly outputTokens: number
  /** Known words only: a server can write anything there. */
  readonly finishReasons: readonly string[]
  /** Microseconds from the arrival: of the whole call, until the request was decided, waiting for the model. */
  readonly totalUs: number
  readonly decidedUs: number
  /** `null` when the model was not called, or the call was left. */
  readonly upstreamUs: number | null
  /** Microseconds that the gateway itself took; `null` for a call that was left. */
  readonly overheadUs: number | null
  /** Trace id of the client's `traceparent`, hex. */
  readonly traceId: string | null
}

/** Takes what a call came to; returns at once and never throws. */
export type CallObserver = (ended: EndedCall) => void

interface Ended {
  /** `request.decided`. */
  readonly decided: AuditEvent
  /** `request.completed` or `request.aborted`; `null` when the decision ended the call. */
  readonly outcome: AuditEvent | null
  readonly status: number | null
  /** Code of the failure that took the place of what the events say. */
  readonly failure: string | null
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** Reads what a call came to from its events, which hold no text. */
export function endedCall(call: KnownCall, ended: Ended): EndedCall {
  const { decided, outcome, failure, now } = ended
  const last = outcome ?? decided
  const { target, request } = call.known
  return {
    requestId: call.id,
    startedAt: now - call.watch.totalMs,
    outcome: failure === null ? outcomeOf(last) : 'error',
    reasonCode: failure ?? text(last['reason_code']) ?? 'unknown',
    policy: failure === null ? text(last['policy']) : null,
    verdicts: verdictsOf([decided, ...(outcome ? [outcome] : [])]),
    status: ended.status,
    target: target ? { id: target.id, provider: target.provider, model: target.model } : null,
    stream: request?.stream ?? false,
    ...tokensOf(last['usage']),
    finishReasons: listOf(last['finish_reasons']).map(knownReason),
    totalUs: toMicroseconds(call.watch.totalMs),
    decidedUs: number(decided['latency_us']),
    ...durationsOf(call, { outcome, target: target !== undefined }),
    traceId: traceIdOf(call.incoming.headers['traceparent']),
  }
}

function durationsOf(
  { watch }: KnownCall,
  { outcome, target }: { readonly outcome: AuditEvent | null; readonly target: boolean },
): Pick<EndedCall, 'upstreamUs' | 'overheadUs'> {
  const upstream = toMicroseconds(watch.upstreamMs)
  return {
    upstreamUs: outcome !== null && target && upstream > 0 ? upstream : null,
    // A call that was left may have been waiting still: what was its own is not known.
    overheadUs: outcome?.type === 'request.aborted' ? null : toMicroseconds(watch.overheadMs),
  }
}

function outcomeOf({ decision }: AuditEvent): EndedCall['outcome'] {
  return decision === 'allow' || decision === 'redact' || decision === 'block' ? decision : 'error'
}

/** From the lightest to the weightiest. */
const weights = ['not_run', 'pass', 'would_redact', 'would_block', 'redact', 'block', 'error']

function verdictsOf(events: readonly AuditEvent[]): ReadonlyMap<string, string> {
  const verdicts = new Map<string, string>()
  for (const entry of events.flatMap((event) => listOf(event['policies']))) {
    const kind = text(field(entry, 'policy'))
    const verdict = text(field(entry, 'verdict'))
    if (kind === null || verdict === null) continue
    const known = verdicts.get(kind)
    if (known === undefined || weights.indexOf(verdict) > weights.indexOf(known))
      verdicts.set(kind, verdict)
  }
  return verdicts
}

function tokensOf(usage: AuditValue | undefined): Pick<EndedCall, 'inputTokens' | 'outputTokens'> {
  return {
    inputTokens: number(field(usage, 'input_tokens')),
    outputTokens: number(field(usage, 'output_tokens')),
  }
}

const knownReasons = [
  ...['stop', 'length', 'tool_calls', 'function_call', 'content_filter'],
  ...['completed', 'incomplete', 'max_output_tokens'],
]

function knownReason(reason: AuditValue): string {
  return typeof reason === 'string' && knownReasons.includes(reason) ? reason : 'other'
}

function text(value: AuditValue | undefined): string | null {
  return typeof value === 'string' ? value : null
}

function number(value: AuditValue | undefined): number {
  return typeof value === 'number' ? value : 0
}

function listOf(value: AuditValue | undefined): readonly AuditValue[] {
  return Array.isArray(value) ? value : []
}

function field(value: AuditValue | undefined, name: string): AuditValue | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return (value as Readonly<Record<string, AuditValue>>)[name]
}
