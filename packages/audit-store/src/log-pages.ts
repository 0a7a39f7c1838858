import type Database from 'better-sqlite3'
import type { AuditRecord, LogExtent, SeqRange, StoredBody, TimeSpan } from './audit-store.ts'

interface BodyRow {
  readonly body: string
}

interface SeqRow {
  readonly seq: number | null
}

/** The log in its own order, page by page: for what follows, exports or searches the whole of it. */
export class LogPages {
  readonly #database: Database.Database

  constructor(database: Database.Database) {
    this.#database = database
  }

  /** Which log this is, and which records it holds now. */
  extent(): LogExtent {
    return this.#database
      .prepare<unknown[], LogExtent>(
        `SELECT (SELECT value FROM meta WHERE key = 'log') AS log,
           (SELECT first FROM prune) AS first, (SELECT size FROM head) AS "end"`,
      )
      .get() as LogExtent
  }

  /** Changes whenever another connection has written: SQLite's own counter, which costs no read of the file. */
  version(): number {
    return this.#database.pragma('data_version', { simple: true }) as number
  }

  /** The records of a span of time: `ts` grows with `seq`, so a span is a stretch of the log. */
  rangeOf({ since, until }: TimeSpan): SeqRange {
    const { first, end } = this.extent()
    const from = since === undefined ? first : (this.#seq('>= ? ORDER BY ts, seq', since) ?? end)
    const last = until === undefined ? end - 1 : this.#seq('<= ? ORDER BY ts DESC, seq DESC', until)
    return { from, to: last === null ? from : Math.max(from, last + 1) }
  }

  /** At most `limit` records from `from` on, below `to`, in log order. */
  bodies({ from, to }: SeqRange, limit: number): readonly StoredBody[] {
    return this.#database
      .prepare<unknown[], StoredBody>(
        'SELECT seq, body FROM events WHERE seq >= ? AND seq < ? ORDER BY seq LIMIT ?',
      )
      .all(from, to, limit)
  }

  /** The newest record that says with which settings a gateway runs; `null` when the log has none. */
  lastSettings(): AuditRecord | null {
    const newest = [
      this.#newest("type = 'gateway.started'"),
      // Those of older versions say only what changed.
      this.#newest("type = 'config.changed' AND body ->> '$.retention_days' IS NOT NULL"),
    ].filter((row) => row !== undefined)
    const [row] = newest.sort((left, right) => right.seq - left.seq)
    return row === undefined ? null : (JSON.parse(row.body) as AuditRecord)
  }

  #newest(condition: string): StoredBody | undefined {
    return this.#database
      .prepare<unknown[], StoredBody>(
        // The first condition is that of the partial index on events of no call: without it SQLite would walk the log.
        `SELECT seq, body FROM events WHERE request_id IS NULL AND ${condition} ORDER BY seq DESC LIMIT 1`,
      )
      .get()
  }

  /** Newest first: the records of calls that hold one of these hashes, of a body or of an address. Walks the whole log. */
  withHash(hashes: readonly string[], limit: number): readonly AuditRecord[] {
    const wanted = hashes.flatMap((hash) => [`"hmac":"${hash}"`, `"ip":"${hash}"`])
    const found = wanted.map(() => 'instr(body, ?) > 0').join(' OR ')
    return this.#database
      .prepare<unknown[], BodyRow>(
        `SELECT body FROM events WHERE request_id IS NOT NULL AND (${found}) ORDER BY seq DESC LIMIT ?`,
      )
      .all(...wanted, limit)
      .map(({ body }) => JSON.parse(body) as AuditRecord)
  }

  /** Id of the prompt key in force. */
  promptKeyId(): string {
    const found = this.#database
      .prepare<unknown[], { readonly value: string }>(
        "SELECT value FROM meta WHERE key = 'prompt_key'",
      )
      .get()
    return found?.value ?? ''
  }

  #seq(condition: string, time: number): number | null {
    const row = this.#database
      .prepare<unknown[], SeqRow>(`SELECT seq FROM events WHERE ts ${condition} LIMIT 1`)
      .get(time)
    return row?.seq ?? null
  }
}
