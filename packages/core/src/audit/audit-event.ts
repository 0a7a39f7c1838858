/** What an event may hold (decision L2): no fractions, so that every language writes the same canonical bytes. */
export type AuditValue =
  | string
  | boolean
  | null
  | number
  | readonly AuditValue[]
  | { readonly [key: string]: AuditValue }

/**
 * One record of the audit log before the store gives it `log` and `seq`.
 * Numbers are integers |n| <= 2^53-1: scores in thousandths, durations in microseconds.
 */
export interface AuditEvent {
  /** UUIDv7, prefixed `evt_`. */
  readonly id: string
  /** `request.decided`, `request.completed`, `gateway.started`, …: `<noun>.<past-verb>`. */
  readonly type: string
  /** RFC 3339, UTC, milliseconds. */
  readonly time: string
  readonly request_id?: string
  /** The chain's outcome: `allow | redact | block | error`. */
  readonly decision?: string
  readonly [field: string]: AuditValue | undefined
}
