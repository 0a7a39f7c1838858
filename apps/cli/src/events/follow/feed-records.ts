import type { LogExtent, StoredBody } from '@keeptrusts/audit-store'
import { CliError } from '../../errors/cli-error.ts'
import { OutStream } from '../../output/out-stream.ts'
import { toSafeText } from '../../output/sanitize.ts'
import { writeErr } from '../../output/write.ts'
import { pagesOf } from '../pages-of.ts'
import { readCursor } from './cursor-file.ts'
import { CursorKeeper } from './cursor-keeper.ts'
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
      this.#tellGap(log, rows[0]?.seq ?? this.#next)
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

  #tellGap(log: string, seq: number): void {
    if (seq === this.#next) return
    writeErr(
      `Gap: records ${this.#next} to ${seq - 1} of log ${log} were removed by retention before they were read. Going on with record ${seq}.\n`,
    )
  }
}

function startOf(file: string, { log, first, end }: LogExtent): number {
  const cursor = readCursor(file)
  if (cursor === null) return first
  if (cursor.log !== log) {
    throw new CliError({
      code: 'cursor-wrong',
      message: `The cursor belongs to log ${cursor.log}; this is log ${log}.`,
      where: file,
      suggestion:
        'Name another cursor file for this log, or remove this one: the feed then starts at the first record.',
    })
  }
  if (cursor.next > end) {
    throw new CliError({
      code: 'cursor-wrong',
      message: `The cursor stands at record ${cursor.next}, but the log ends before record ${end}: records that were read are gone.`,
      where: file,
      suggestion:
        'The log was probably restored from an older backup. Keep what was read, and name a new cursor file.',
    })
  }
  return cursor.next
}
