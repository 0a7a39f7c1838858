import type { OpenLog } from '../open-reader.ts'
import type { LogRead } from '../record-read.ts'
import { recordRead, recordsReads } from '../record-read.ts'

/** Records a read that goes on for long, once: before the first thing is shown, or when the log begins to record reads. */
export class ReadGuard {
  readonly #log: OpenLog
  readonly #read: LogRead
  #recorded = false

  constructor(log: OpenLog, read: LogRead) {
    this.#log = log
    this.#read = read
  }

  /** To be called before anything is shown. Throws `CliError` `read-not-recorded`. */
  async pass(): Promise<void> {
    if (this.#recorded || !recordsReads(this.#log.reader)) return
    await recordRead(this.#log, this.#read)
    this.#recorded = true
  }
}
