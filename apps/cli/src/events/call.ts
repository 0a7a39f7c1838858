import type { AuditRecord, CallRow } from '@keeptrusts/audit-store'
import { fieldsOf, listOf, numberOf, textOf } from './event-field.ts'
import type { PolicyRun } from './policy-run.ts'
import { policyRunsOf } from './policy-run.ts'

/** One call as people and programs read it: its decided and its completed record joined (decision N2). */
export interface Call {
  /** Of the decided record, so that it is the same before and after the call is complete. */
  readonly id: string
  /** RFC 3339, UTC. */
  readonly timestamp: string
  /** The chain's outcome: `allow | redact | block | error`. */
  readonly verdict: string
  readonly reason_code: string | null
  readonly policy: string | null
  readonly param: string | null
  readonly model: string | null
  readonly provider: string | null
  readonly target: string | null
  readonly request_id: string | null
  readonly config_version: string | null
  readonly config_hash: string | null
  readonly usage: { readonly input_tokens: number; readonly output_tokens: number } | null
  /** Milliseconds from the request to the end of its answer; to the decision when there was no answer. */
  readonly latency_ms: number | null
  /** HTTP status of the answer. */
  readonly status: number | null
  readonly upstream_status: number | null
  readonly error_code: string | null
  /** False while the call runs, when it was refused before the model, and when it was cut off. */
  readonly completed: boolean
  /** Which targets were asked for an answer, in order; empty when none was. */
  readonly tries: readonly TargetTry[]
  readonly policies: readonly PolicyRun[]
}

/** One try to have a call answered. */
interface TargetTry {
  readonly target: string
  /** `ok`, the code of the failure, or `circuit_open`. */
  readonly code: string
  readonly upstream_status: number | null
  readonly duration_us: number | null
}

/** Joins a row; `null` when both its records are missing. */
export function toCall({ decided, completed }: CallRow): Call | null {
  const last = completed ?? decided
  const first = decided ?? completed
  if (last === null || first === null) return null
  const target = fieldsOf(last['target'] ?? first['target'])
  return {
    id: first.id,
    timestamp: first.time,
    verdict: last.decision ?? 'error',
    reason_code: textOf(last['reason_code']),
    policy: textOf(last['policy']),
    param: textOf(last['param']),
    model: textOf(first['model']),
    provider: textOf(target['provider']),
    target: textOf(target['id']),
    request_id: first.request_id ?? null,
    config_version: textOf(fieldsOf(first['pack'])['version']),
    config_hash: textOf(first['config_hash']),
    usage: usageOf(completed),
    latency_ms: latencyOf(first, completed),
    status: numberOf(last['status']),
    upstream_status: numberOf(last['upstream_status']),
    error_code: textOf(last['error_code']),
    completed: completed?.type === 'request.completed',
    tries: listOf(last['tries']).map(toTry),
    policies: [...policyRunsOf(decided, 'request'), ...policyRunsOf(completed, 'response')],
  }
}

function toTry(value: AuditRecord[string]): TargetTry {
  const made = fieldsOf(value)
  return {
    target: textOf(made['target']) ?? '?',
    code: textOf(made['code']) ?? '?',
    upstream_status: numberOf(made['upstream_status']),
    duration_us: numberOf(made['duration_us']),
  }
}

function usageOf(completed: AuditRecord | null): Call['usage'] {
  const usage = fieldsOf(completed?.['usage'])
  const input = numberOf(usage['input_tokens'])
  const output = numberOf(usage['output_tokens'])
  if (input === null && output === null) return null
  return { input_tokens: input ?? 0, output_tokens: output ?? 0 }
}

function latencyOf(first: AuditRecord, completed: AuditRecord | null): number | null {
  const total = numberOf(fieldsOf(completed?.['duration_us'])['total'])
  const microseconds = total ?? numberOf(first['latency_us'])
  return microseconds === null ? null : microseconds / 1000
}
