import type { LogAnswer, LogQuery } from '@keeptrusts/audit-store'
import { LogReadings } from '@keeptrusts/audit-store'
import { ControlRequestError } from '../control/control-error.ts'
import type { OperatorParts } from './operator-parts.ts'
import { currentOf } from './operator-parts.ts'

/** The threads that read the log of a gateway: one for queries, and one for each copy, which takes longer. */
export class LogReader {
  readonly #parts: OperatorParts
  #readings: LogReadings | null = null

  constructor(parts: OperatorParts) {
    this.#parts = parts
  }

  /** The folder of the log. Throws `ControlRequestError` without one. */
  get dir(): string {
    const { store } = currentOf(this.#parts)
    if (store !== null) return store.status().dir
    throw new ControlRequestError('This gateway keeps no log (audit_store.kind: none).', 409)
  }

  /** Rejects with what the reader throws. */
  ask(query: LogQuery): Promise<LogAnswer> {
    this.#readings ??= new LogReadings(this.dir)
    return this.#readings.ask(query)
  }

  async close(): Promise<void> {
    await this.#readings?.close()
  }
}
