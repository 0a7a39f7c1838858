import type { KeptCheckpoint } from './anchors/anchor-status.ts'
import type { EntryReceipt, LogEntry } from './log-entry.ts'
import type { OpenedLog } from './opened-log.ts'
import type { StoreFaultDetails } from './store-fault.ts'
import type { LogTask, LogTaskResult } from './tasks/log-task.ts'

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
