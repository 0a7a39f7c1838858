import type { AuditEvent, AuditSink } from '@keeptrusts/core'
import type { AnchorStatus } from './anchors/anchor-status.ts'
import type { LogTask, LogTaskResult } from './tasks/log-task.ts'

/** Where an event stands in the log, once it is durable. */
export interface Receipt {
  /** Log id, 32 hex digits. */
  readonly log: string
  readonly seq: number
  /** Milliseconds since the epoch, never smaller than that of the event before. */
  readonly ts: number
}

/** `open`: durable appends work. `degraded`: the last append failed, it is being retried. `closed`: needs an operator. */
export type StoreState = 'open' | 'degraded' | 'closed'

/** How a log is, as far as its writer knows without waiting for the disk. */
export interface StoreStatus {
  /** The folder that holds it. */
  readonly dir: string
  readonly state: StoreState
  /** When the state began, milliseconds since the epoch. */
  readonly since: number
  /** Why it is not open, a few words that hold no path; `null` while it is. */
  readonly reason: string | null
  /** Durable events, pruned ones included. */
  readonly size: number
  /** Durable events of this writer since it was opened. */
  readonly appended: number
  /** The newest checkpoint this writer kept; `null` before its first. */
  readonly checkpoint: { readonly size: number; readonly at: number } | null
  /** When a checkpoint last covered the whole log, or the log was opened; milliseconds since the epoch. A minute ago at most while all is well. */
  readonly coveredAt: number
  /** Entries that wait for the disk. */
  readonly queue: number
  /** Bytes on the volume of the log. */
  readonly freeBytes: number
  /** Below this the log takes no new records. */
  readonly floorBytes: number
  /** The places that its checkpoints are written to. */
  readonly anchors: readonly AnchorStatus[]
}

/** The one writer of a log. */
export interface AuditStore extends AuditSink {
  readonly log: string
  readonly state: StoreState
  /** How the log is now. */
  status(): StoreStatus
  /**
   * Resolves when the event is fsynced, and with it the `content` of a call (UTF-8), which is encrypted and kept beside it; rejects with `AuditUnavailableError` when it is not (or not known to be) durable within
   * `ackTimeoutMs`, or too many contents are waiting. Content needs a log that was opened with `keepsContent`.
   */
  record(event: AuditEvent, content?: Uint8Array): Promise<Receipt>
  /** `record` without the receipt. */
  append(event: AuditEvent): Promise<void>
  /** HMAC-SHA256 of a text under the log's prompt key, hex: what events hold instead of a prompt. */
  hmac(text: string): string
  /** Stores a secret-free configuration once per hash (decision L4). */
  rememberConfig(hash: string, canonical: string): Promise<void>
  /**
   * Has the writer do a task between two batches of events, such as rotating a key. Rejects with `StoreRefusedError` when it is refused,
   * with `AuditUnavailableError` when the log cannot be written.
   */
  run<Task extends LogTask>(task: Task): Promise<LogTaskResult<Task>>
  /** Waits for what is in flight, checkpoints the WAL and gives the lease back. */
  close(): Promise<void>
}

/** A stored record: the event's fields plus `log`, `seq` and the store's `ts`. */
export interface AuditRecord extends AuditEvent {
  readonly log: string
  readonly seq: number
}

/** Decided and completed record of one call, joined for lists (decision N2). */
export interface CallRow {
  readonly decided: AuditRecord | null
  readonly completed: AuditRecord | null
}

export interface CallFilter {
  readonly limit: number
  /** Milliseconds since the epoch, inclusive. */
  readonly since?: number
  readonly until?: number
  /** The chain's outcome: `allow | redact | block | error`. */
  readonly verdict?: string
  /** A policy kind that redacted, blocked or would have. */
  readonly policy?: string
  readonly model?: string
}

/** Which log, and the records it holds: `first` up to, without, `end`. Below `first` retention has removed them. */
export interface LogExtent {
  /** Log id, 32 hex digits. */
  readonly log: string
  readonly first: number
  readonly end: number
}

/** Records `from` up to, without, `to`. */
export interface SeqRange {
  readonly from: number
  readonly to: number
}

/** Milliseconds since the epoch, both ends included. */
export interface TimeSpan {
  readonly since?: number
  readonly until?: number
}

/** A record as it is stored: `body` is its canonical JSON, the text whose hash is its leaf. */
export interface StoredBody {
  readonly seq: number
  readonly body: string
}

/** Read-only view; any number of processes may hold one while the gateway writes. */
export interface AuditReader {
  /** Newest first. */
  calls(filter: CallFilter): readonly CallRow[]
  /** Log records, newest first, calls and everything else. */
  records(filter: CallFilter): readonly AuditRecord[]
  /** By event id (`evt_…`), request id, or `<log>/<seq>`. */
  find(id: string): readonly AuditRecord[]
  config(hash: string): string | null
  /**
   * The content that was kept with an event, UTF-8, decrypted with the payload master key in `keyFile`; `erased` when it is gone, `null`
   * when none was kept. Throws `StoreRefusedError`: `store-damaged` when it was changed, `key-missing`, `key-wrong`.
   */
  content(event: AuditRecord, keyFile: string): Uint8Array | 'erased' | null
  /** Which log this is, and which records it holds now. */
  extent(): LogExtent
  /** Another number whenever the log has changed since the last call; costs next to nothing. */
  version(): number
  /** The records of a span of time. */
  rangeOf(span: TimeSpan): SeqRange
  /** Log order, at most `limit`. */
  bodies(range: SeqRange, limit: number): readonly StoredBody[]
  /** The newest record of the settings that a gateway runs with: `gateway.started`, or a later `config.changed`. */
  lastSettings(): AuditRecord | null
  /** HMAC-SHA256 of a text under the log's prompt key, hex, as `AuditStore.hmac` makes it. Throws `StoreRefusedError` for a key file that is missing, another log's, or not readable. */
  hmac(text: string, keyFile: string): string
  /** Newest first: records of calls that hold one of these hashes, of a body (`content.hmac`) or an address; reads the whole log. */
  withHash(hashes: readonly string[], limit: number): readonly AuditRecord[]
  close(): void
}
