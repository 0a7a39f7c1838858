import type { KeptCheckpoint } from './anchors/anchor-status.ts'
import type { AnchoredFile } from './anchors/check-anchored.ts'
import type { Receipt } from './audit-store.ts'
import type { SealedPayload } from './payloads/payload-box.ts'
import type { StoreFaultDetails } from './store-fault.ts'
import type { LogTask, LogTaskResult } from './tasks/log-task.ts'

/** Copies of event fields that lists are filtered by. */
export interface EventColumns {
  readonly id: string
  readonly type: string
  readonly time: string
  readonly decision: string | null
  readonly requestId: string | null
  readonly model: string | null
  readonly principal: string | null
  readonly target: string | null
}

/** An event on its way to the writer: `head seq middle ts tail` is its canonical text. */
export interface EventEntry {
  readonly kind: 'event'
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly columns: EventColumns
  readonly body: { readonly head: string; readonly middle: string; readonly tail: string }
  /** The content of the call that is kept beside the event. */
  readonly payload?: SealedPayload
}

/** A secret-free configuration on its way to the writer. */
export interface ConfigEntry {
  readonly kind: 'config'
  readonly hash: string
  readonly canonical: string
}

export type LogEntry = EventEntry | ConfigEntry

/** `null` for an entry that is not an event. */
export type EntryReceipt = Pick<Receipt, 'seq' | 'ts'> | null

/** A request that was let through before a crash and has no record of its end. */
export interface OrphanedRequest {
  readonly eventId: string
  readonly requestId: string
}

/** What a writer reports once its log is open. */
export interface OpenedLog {
  /** 32 hex digits. */
  readonly log: string
  readonly created: boolean
  /** Events in it, pruned ones included. */
  readonly size: number
  /** The verifier key of the log (C2SP signed-note form). */
  readonly publicKey: string
  readonly promptKey: Uint8Array
  /** The payload master key; `null` when no contents are to be kept. */
  readonly payloadKey: Uint8Array | null
  readonly orphans: readonly OrphanedRequest[]
  /** The newest checkpoint that is kept in it. */
  readonly checkpoint: KeptCheckpoint | null
  /** What files of anchors know about it. */
  readonly anchored: readonly AnchoredFile[]
}

export type ToWorker =
  | { readonly kind: 'append'; readonly entries: readonly LogEntry[] }
  | { readonly kind: 'task'; readonly id: number; readonly task: LogTask }
  | { readonly kind: 'close' }

export type FromWorker =
  | { readonly kind: 'ready'; readonly opened: OpenedLog }
  | { readonly kind: 'refused'; readonly fault: StoreFaultDetails }
  | { readonly kind: 'committed'; readonly receipts: readonly EntryReceipt[] }
  /** The oldest `count` entries are lost, or not known to be kept. */
  | { readonly kind: 'failed'; readonly count: number; readonly reason: string }
  | ({ readonly kind: 'keys' } & Pick<OpenedLog, 'publicKey' | 'promptKey'>)
  | { readonly kind: 'task-done'; readonly id: number; readonly result: LogTaskResult }
  | { readonly kind: 'task-failed'; readonly id: number; readonly fault: StoreFaultDetails }
  /** The file was opened again; it holds `found` events, of which `acknowledged` had been confirmed. */
  | {
      readonly kind: 'recovered'
      readonly reason: string
      readonly acknowledged: number
      readonly found: number
    }
  /** A checkpoint covers all `size` events of the log; `checkpoint` is its size when it was kept just now. */
  | { readonly kind: 'covered'; readonly size: number; readonly checkpoint: number | null }
  /** A checkpoint was kept that is newer than all before. */
  | { readonly kind: 'kept'; readonly checkpoint: KeptCheckpoint }
  | { readonly kind: 'space'; readonly low: boolean; readonly free: number; readonly floor: number }
  /** The writer gave up; nothing will be appended before an operator acted. */
  | { readonly kind: 'abandoned'; readonly fault: StoreFaultDetails }
