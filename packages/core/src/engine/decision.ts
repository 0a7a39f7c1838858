import type { AuditEvent } from '../audit/audit-event.ts'
import type { Direction } from '../message/segment.ts'

/** A match as the decision reports it: where, what and whether it was enforced; never the text. */
export interface Finding {
  readonly policy: string
  readonly rule: string
  readonly type: string
  readonly action: 'redact' | 'block'
  /** Thousandths. */
  readonly score: number
  readonly address: string
  readonly role: string | null
  readonly start: number
  readonly end: number
  /** False in monitor mode, and where `note` says why. */
  readonly enforced: boolean
  /** Set when a redaction fell on an identifier (decision T2), or when the policy only reports what it found here. */
  readonly note?: 'not_editable' | 'monitored'
}

/** One policy's verdict (decision N2). There is no default: a policy that did not run says why. */
export interface PolicyVerdict {
  readonly policy: string
  readonly verdict:
    | 'pass'
    | 'redact'
    | 'block'
    | 'would_redact'
    | 'would_block'
    | 'error'
    | 'not_run'
  /** Reason code of a redact/block/error, or why it did not run (`request_only`, `blocked_before`, `no_sink`, `apply_to`, …). */
  readonly reason: string | null
  readonly findings: readonly Finding[]
  readonly duration_us: number
}

interface DecisionFacts {
  readonly direction: Direction
  readonly policies: readonly PolicyVerdict[]
  readonly findings: readonly Finding[]
  /** What could not be read, with counts by kind (decision T3). */
  readonly not_scanned: Readonly<Record<string, number>>
  /** Ready for a sink (decision S7): integers only, no text of the call. */
  readonly event: AuditEvent
}

export interface Passed extends DecisionFacts {
  readonly outcome: 'allow' | 'redact'
}

/** A block has no messages and no body: it cannot be forwarded by mistake. */
export interface Blocked extends DecisionFacts {
  readonly outcome: 'block'
  readonly policy: string
  /** Snake-case reason code (decision N3). */
  readonly reason: string
  /** One sentence for the caller. */
  readonly message: string
  /** Address of the blocking segment, or `null` when the whole call was refused (decision T7). */
  readonly param: string | null
}

/** What the gateway works with: a JSON text in, the same text with only the changed string literals replaced out. */
export type BodyDecision = (Passed & { readonly body: CheckedBody }) | Blocked
export interface CheckedBody {
  /** The JSON text of the body. */
  readonly source: string
  /** False when every byte is as it came. */
  readonly changed: boolean
}

/** Why a call stops. */
export interface Block {
  readonly policy: string
  readonly reason: string
  readonly message: string
  readonly param: string | null
}
