import { isUtf8 } from 'node:buffer'
import type Database from 'better-sqlite3'
import type { MerkleFrontier } from '../merkle-frontier.ts'
import type { AtSize, BlockCheck } from './check-blocks.ts'
import type { EventRow } from './check-event.ts'
import { checkEvent } from './check-event.ts'
import type { PayloadCheck } from './check-payloads.ts'
import { OwnEvents } from './own-events.ts'
import type { Findings } from './report.ts'

/** Rows read at a time: about 1.5 MB. */
const pageRows = 1024

/** What a walk needs. */
export interface WalkOptions {
  /** Id of the log. */
  readonly log: string
  /** The first event to read. */
  readonly start: number
  /** The tree of the events before; `null` when it cannot be known. */
  readonly tree: MerkleFrontier | null
  readonly blocks: BlockCheck
  readonly payloads: PayloadCheck
  /** The size at which the tree is wanted next. */
  readonly nextSize: () => number
  readonly atSize: AtSize
  readonly findings: Findings
}

/** Where a walk got to. */
export interface WalkResult {
  /** `null` when an event is missing, so that no later tree can be known. */
  readonly tree: MerkleFrontier | null
  /** Events before the end: one more than the number of the last. */
  readonly end: number
  /** Time of the first event that was read, milliseconds since the epoch; `null` without one. */
  readonly firstTs: number | null
  /** Time of the newest event, milliseconds since the epoch; `null` without one. */
  readonly lastTs: number | null
  readonly events: number
  readonly own: OwnEvents
}

/** Reads every event from where the tree ends, in order, checks it and adds it to the tree. */
export function walkEvents(database: Database.Database, options: WalkOptions): WalkResult {
  const walk = new Walk(database, options)
  const page = database.prepare<unknown[], EventRow>(
    `SELECT seq, ts, id, type, decision, request_id, principal, target, model, leaf, body
     FROM events WHERE seq >= ? ORDER BY seq LIMIT ${pageRows}`,
  )
  for (let rows = page.all(walk.next); rows.length > 0; rows = page.all(walk.next)) {
    const first = rows[0]?.seq ?? 0
    const last = rows.at(-1)?.seq ?? 0
    options.payloads.readPage(first, last)
    for (const row of rows) walk.take(row)
    options.payloads.endPage()
  }
  return walk.result()
}

class Walk {
  next: number
  readonly #options: WalkOptions
  readonly #bytes: Database.Statement
  readonly #own = new OwnEvents()
  #tree: MerkleFrontier | null
  #firstTs: number | null = null
  #lastTs: number | null = null
  #events = 0

  constructor(database: Database.Database, options: WalkOptions) {
    this.#options = options
    this.next = options.start
    this.#tree = options.tree
    this.#bytes = database
      .prepare(
        `SELECT CAST(body AS BLOB), CAST(id AS BLOB), CAST(type AS BLOB), CAST(decision AS BLOB), CAST(request_id AS BLOB),
         CAST(principal AS BLOB), CAST(target AS BLOB), CAST(model AS BLOB) FROM events WHERE seq = ?`,
      )
      .raw()
  }

  take(row: EventRow): void {
    const { findings, log, payloads } = this.#options
    if (row.seq !== this.next) this.#gap(row.seq)
    this.next = row.seq + 1
    this.#events += 1
    const { event, problems } = checkEvent(row, log)
    for (const { code, problem } of problems) {
      findings.add({ code, seq: row.seq, message: `Event ${row.seq} ${problem}.` })
    }
    this.#checkBytes(row)
    this.#checkTime(row)
    if (event !== null) {
      this.#own.add({ seq: row.seq, ts: row.ts, event })
      payloads.event(row.seq, event)
    }
    if (row.leaf.length !== 32) this.#tree = null
    if (this.#tree !== null) this.#grow(this.#tree, row.leaf)
  }

  result(): WalkResult {
    return {
      tree: this.#tree,
      end: this.next,
      firstTs: this.#firstTs,
      lastTs: this.#lastTs,
      events: this.#events,
      own: this.#own,
    }
  }

  #grow(tree: MerkleFrontier, leaf: Buffer): void {
    const { blocks, nextSize, atSize } = this.#options
    const block = tree.append(leaf)
    if (block !== null) blocks.check(tree.size, block)
    if (block !== null || tree.size >= nextSize()) atSize(tree.size, () => tree.root())
  }

  #gap(seq: number): void {
    const { findings } = this.#options
    this.#tree = null
    const missing = seq === this.next + 1 ? `${this.next} is` : `${this.next} to ${seq - 1} are`
    findings.add({
      code: 'event-missing',
      seq: this.next,
      message: `Event ${missing} missing.`,
    })
  }

  #checkTime({ seq, ts }: EventRow): void {
    this.#firstTs ??= ts
    if (this.#lastTs !== null && ts < this.#lastTs) {
      this.#options.findings.add({
        code: 'event-time',
        seq,
        message: `Event ${seq} has an earlier time than the one before it.`,
      })
    }
    this.#lastTs = ts
  }

  /** Bytes that are not UTF-8 are read as U+FFFD: what holds that character could be stored in more than one way. */
  #checkBytes({ seq, body }: EventRow): void {
    if (!body.includes('\ufffd')) return
    const values = (this.#bytes.get(seq) ?? []) as (Buffer | null)[]
    if (values.every((value) => value === null || isUtf8(value))) return
    this.#options.findings.add({
      code: 'event-changed',
      seq,
      message: `Event ${seq} holds bytes that are not UTF-8.`,
    })
  }
}
