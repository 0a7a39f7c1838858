import type { StoreStatus } from './audit-store.ts'
import type { EntryReceipt } from './log-entry.ts'
import type { FromWorker } from './worker-protocol.ts'

/** What is known about a log from what its writer has said. */
export class LogGauge {
  readonly #now: () => number
  #size: number
  #appended = 0
  #checkpoint: StoreStatus['checkpoint'] = null
  #coveredAt: number

  /** `size`: of the log as it was opened. `now`: milliseconds since the epoch. */
  constructor(size: number, now: () => number) {
    this.#size = size
    this.#now = now
    this.#coveredAt = now()
  }

  /** The writer committed entries. */
  committed(receipts: readonly EntryReceipt[]): void {
    for (const receipt of receipts) {
      if (receipt === null) continue
      this.#size = receipt.seq + 1
      this.#appended += 1
    }
  }

  /** The writer looked after its checkpoint. */
  covered({ size, checkpoint }: Extract<FromWorker, { kind: 'covered' }>): void {
    this.#size = Math.max(this.#size, size)
    this.#coveredAt = this.#now()
    if (checkpoint !== null) this.#checkpoint = { size: checkpoint, at: this.#coveredAt }
  }

  /** Its part of the status. */
  report(): Pick<StoreStatus, 'size' | 'appended' | 'checkpoint' | 'coveredAt'> {
    return {
      size: this.#size,
      appended: this.#appended,
      checkpoint: this.#checkpoint,
      coveredAt: this.#coveredAt,
    }
  }
}
