import type { StoredBody } from '@keeptrusts/audit-store'
import { OutStream } from '../../output/out-stream.ts'
import { toSafeText } from '../../output/sanitize.ts'
import { pagesOf } from '../pages-of.ts'
import { CursorKeeper } from './cursor-keeper.ts'
import { startOf, tellGap } from './feed-start.ts'
import type { Change, LogWatch } from './log-watch.ts'
import { waitForLog } from './log-watch.ts'
import { ReadGuard } from './read-guard.ts'

export interface FeedOptions {
  readonly dataDir: string | undefined
  readonly cursorFile: string
  /** End when everything that is there now was written. */
  readonly once: boolean
  readonly stop: AbortSignal
}

/**
 * Writes every record of the log, as it is stored, one per line, from the position in the cursor file on, until it is stopped.
 * At least once: a record comes again when the process was killed before the cursor had moved; after an end on purpose, never.
 * Throws `CliError`: `cursor-wrong`, `read-not-recorded`.
 */
export async function feedRecords(options: FeedOptions): Promise<void> {
  const out = new OutStream()
  for (;;) {
    const watch = await waitForLog(options.dataDir, options)
    if (watch === null) return
    try {
      if ((await new Feed(watch, out, options).run()) !== 'replaced') return
    } finally {
      watch.reader.close()
    }
  }
}

class Feed {
  readonly #watch: LogWatch
  readonly #out: OutStream
  readonly #options: FeedOptions
  readonly #guard: ReadGuard
  readonly #keeper: CursorKeeper
  #next: number

  constructor(watch: LogWatch, out: OutStream, options: FeedOptions) {
    this.#watch = watch
    this.#out = out
    this.#options = options
    const extent = watch.reader.extent()
    this.#next = startOf(options.cursorFile, extent)
    this.#guard = new ReadGuard(watch, {
      command: 'events tail',
      filter: { from_seq: this.#next, raw: true },
      count: null,
    })
    this.#keeper = new CursorKeeper(
      options.cursorFile,
      { log: extent.log, next: this.#next },
      this.#out,
    )
  }

  async run(): Promise<Change> {
    const { stop, once } = this.#options
    await this.#guard.pass()
    for (;;) {
      const change = await this.#watch.change(stop)
      if (change === 'grown') await this.#drain()
      if (change !== 'grown' || once) {
        this.#keeper.finish()
        return change === 'grown' ? 'stopped' : change
      }
    }
  }

  /** Up to the end of the log as it is now. */
  async #drain(): Promise<void> {
    const { reader } = this.#watch
    const { log, end } = reader.extent()
    for (const rows of pagesOf(reader, { from: this.#next, to: end })) {
      await this.#guard.pass()
      tellGap(log, this.#next, rows[0]?.seq ?? this.#next)
      await this.#send(rows)
      this.#keeper.save({ idle: false })
      if (this.#options.stop.aborted) return
    }
    this.#keeper.save({ idle: true })
  }

  async #send(rows: readonly StoredBody[]): Promise<void> {
    for (const { seq, body } of rows) {
      await this.#out.write(`${process.stdout.isTTY ? toSafeText(body) : body}\n`)
      this.#next = seq + 1
      this.#keeper.mark(this.#next)
    }
  }
}
