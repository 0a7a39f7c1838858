import type { EntryReceipt } from './log-entry.ts'
import { AuditUnavailableError } from './store-errors.ts'

interface PendingEntry {
  readonly resolve: (receipt: EntryReceipt) => void
  readonly reject: (error: Error) => void
  /** On the monotonic clock, milliseconds; `Infinity` for what waits as long as it takes. */
  readonly deadline: number
  late: boolean
}

/** The sequence numbers of events that became durable after their callers had been told that they are not. */
export interface LateEvents {
  readonly first: number
  readonly last: number
}

/** What was sent to the writer and not answered yet, oldest first: the writer answers in order. */
export class PendingEntries {
  #entries: PendingEntry[] = []
  /** Where the oldest is; what comes before is cut off now and then, so that taking one stays cheap. */
  #start = 0
  #lateCount = 0
  #lateEvents: LateEvents | null = null

  get size(): number {
    return this.#entries.length - this.#start
  }

  /** Whether a caller was let down whose entry is still with the writer. */
  get hasLate(): boolean {
    return this.#lateCount > 0
  }

  /** Waits for the answer to one more entry. */
  add(deadline: number): Promise<EntryReceipt> {
    return new Promise((resolve, reject) => {
      this.#entries.push({ resolve, reject, deadline, late: false })
    })
  }

  /** The oldest entries were committed. */
  resolve(receipts: readonly EntryReceipt[]): void {
    for (const receipt of receipts) {
      const entry = this.#take()
      if (entry?.late && receipt) {
        this.#lateEvents = { first: this.#lateEvents?.first ?? receipt.seq, last: receipt.seq }
      }
      entry?.resolve(receipt)
    }
  }

  /** The oldest `count` entries failed. */
  reject(count: number, reason: string): void {
    for (let left = count; left > 0; left--) this.#take()?.reject(new AuditUnavailableError(reason))
  }

  /** Lets down whoever waited past the deadline; returns how many. */
  expire(now: number, reason: string): number {
    let expired = 0
    for (const entry of this.#entries.slice(this.#start)) {
      if (entry.late || entry.deadline > now) continue
      entry.late = true
      entry.reject(new AuditUnavailableError(reason))
      expired += 1
    }
    this.#lateCount += expired
    return expired
  }

  /** The late events since the last call, once none is outstanding. */
  takeLateEvents(): LateEvents | null {
    const events = this.#lateEvents
    this.#lateEvents = null
    return events
  }

  #take(): PendingEntry | undefined {
    const entry = this.#entries[this.#start]
    if (!entry) return undefined
    this.#start += 1
    if (this.#start > 1024) {
      this.#entries = this.#entries.slice(this.#start)
      this.#start = 0
    }
    if (entry.late) this.#lateCount -= 1
    return entry
  }
}
