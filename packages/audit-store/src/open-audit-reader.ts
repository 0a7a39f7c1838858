import { createHmac } from 'node:crypto'
import { existsSync } from 'node:fs'
import type Database from 'better-sqlite3'
import type {
  AuditReader,
  AuditRecord,
  CallFilter,
  CallRow,
  LogExtent,
  SeqRange,
  StoredBody,
  TimeSpan,
} from './audit-store.ts'
import type { Query } from './call-query.ts'
import { callQuery, recordQuery } from './call-query.ts'
import { openForReading } from './log-database.ts'
import { promptKeyId, readSecret, wrongKey } from './log-keys.ts'
import { LogPages } from './log-pages.ts'
import { promisedPayload } from './payloads/promised-payload.ts'
import { readPayload } from './payloads/read-payload.ts'
import { StoreMissingError, toStoreError } from './store-errors.ts'
import { storePaths } from './store-paths.ts'
import { systemFault } from './system-fault.ts'
import { refuseDangerousVolume } from './volume.ts'

/**
 * Opens the log in a folder for reading, also while a gateway writes it. Throws `StoreMissingError` when there is none, and
 * `StoreRefusedError` when the file is not a sound log or the disk is so full that opening it could kill the process.
 */
export function openAuditReader({ dir }: { readonly dir: string }): AuditReader {
  const { database } = storePaths(dir)
  if (!existsSync(database)) throw new StoreMissingError(database)
  try {
    refuseDangerousVolume(dir)
    return new SqliteAuditReader(openForReading(database))
  } catch (error) {
    throw toStoreError(systemFault(error))
  }
}

interface BodyRow {
  readonly body: string
}

interface SeqRow extends BodyRow {
  readonly seq: number
}

interface CallColumns extends SeqRow {
  readonly type: string
  readonly completed: string | null
}

class SqliteAuditReader implements AuditReader {
  readonly #database: Database.Database
  readonly #log: LogPages

  constructor(database: Database.Database) {
    this.#database = database
    this.#log = new LogPages(database)
  }

  calls(filter: CallFilter): readonly CallRow[] {
    if (filter.limit <= 0) return []
    const rows = this.#pages<CallColumns>(callQuery(filter), filter)
    return collect(rows, { filter, read: readCall, of: recordsOf })
  }

  records(filter: CallFilter): readonly AuditRecord[] {
    if (filter.limit <= 0) return []
    const rows = this.#pages<SeqRow>(recordQuery(filter), filter)
    return collect(rows, { filter, read: readRecord, of: (record) => [record] })
  }

  find(id: string): readonly AuditRecord[] {
    const place = /^([0-9a-f]{32})\/(\d{1,15})$/.exec(id)
    if (place) return this.#at(String(place[1]), Number(place[2]))
    const column = id.startsWith('req_') ? 'request_id' : 'id'
    return this.#database
      .prepare<unknown[], BodyRow>(`SELECT body FROM events WHERE ${column} = ? ORDER BY seq`)
      .all(id)
      .map(readRecord)
  }

  config(hash: string): string | null {
    const found = this.#database
      .prepare<unknown[], { readonly canonical: string }>(
        'SELECT canonical FROM configs WHERE hash = ?',
      )
      .get(hash)
    return found?.canonical ?? null
  }

  extent(): LogExtent {
    return this.#log.extent()
  }

  version(): number {
    return this.#log.version()
  }

  rangeOf(span: TimeSpan): SeqRange {
    return this.#log.rangeOf(span)
  }

  bodies(range: SeqRange, limit: number): readonly StoredBody[] {
    return this.#log.bodies(range, limit)
  }

  lastSettings(): AuditRecord | null {
    return this.#log.lastSettings()
  }

  hmac(text: string, keyFile: string): string {
    return createHmac('sha256', this.#promptKey(keyFile)).update(text, 'utf8').digest('hex')
  }

  withHash(hashes: readonly string[], limit: number): readonly AuditRecord[] {
    return this.#log.withHash(hashes, limit)
  }

  content(event: AuditRecord, keyFile: string): Uint8Array | 'erased' | null {
    const payload = promisedPayload(event)
    if (payload === null) return null
    const { log, seq, id } = event
    try {
      return readPayload(this.#database, { log, seq, id, payload }, keyFile) ?? 'erased'
    } catch (error) {
      throw toStoreError(systemFault(error))
    }
  }

  close(): void {
    this.#database.close()
  }

  /** Reads page by page; SQLite's own iterator is one of the objects that `openSqlite` must not let go. */
  *#pages<Row extends SeqRow>({ sql, parameters }: Query, filter: CallFilter): Iterable<Row> {
    const size = filter.policy === undefined ? filter.limit : Math.max(filter.limit, 256)
    const statement = this.#database.prepare<unknown[], Row>(sql)
    let before = Number.MAX_SAFE_INTEGER
    for (;;) {
      const rows = statement.all(...parameters, before, size)
      yield* rows
      const last = rows.at(-1)
      if (last === undefined || rows.length < size) return
      before = last.seq
    }
  }

  #promptKey(file: string): Buffer {
    try {
      const key = readSecret(file)
      if (promptKeyId(key) === this.#log.promptKeyId()) return key
      throw wrongKey(file, 'is not the key of this audit log')
    } catch (error) {
      throw toStoreError(systemFault(error))
    }
  }

  #at(log: string, seq: number): readonly AuditRecord[] {
    return this.#database
      .prepare<unknown[], BodyRow>('SELECT body FROM events WHERE seq = ?')
      .all(seq)
      .map(readRecord)
      .filter((record) => record.log === log)
  }
}

interface Collection<Row, Item> {
  readonly filter: CallFilter
  readonly read: (row: Row) => Item
  readonly of: (item: Item) => readonly AuditRecord[]
}

function collect<Row, Item>(
  rows: Iterable<Row>,
  { filter, read, of }: Collection<Row, Item>,
): readonly Item[] {
  const items: Item[] = []
  for (const row of rows) {
    const item = read(row)
    if (filter.policy !== undefined && !of(item).some(actedOnBy(filter.policy))) continue
    if (items.push(item) >= filter.limit) break
  }
  return items
}

function readRecord({ body }: BodyRow): AuditRecord {
  return JSON.parse(body) as AuditRecord
}

function readCall(row: CallColumns): CallRow {
  const record = readRecord(row)
  if (row.type !== 'request.decided') return { decided: null, completed: record }
  return {
    decided: record,
    completed: row.completed === null ? null : readRecord({ body: row.completed }),
  }
}

function recordsOf({ decided, completed }: CallRow): readonly AuditRecord[] {
  return [decided, completed].filter((record) => record !== null)
}

/** Whether a policy redacted or blocked, or would have in monitor mode. */
function actedOnBy(kind: string): (record: AuditRecord) => boolean {
  return ({ policies }) =>
    Array.isArray(policies) &&
    policies.some((entry: unknown) => {
      const { policy, verdict } = entry as { readonly policy?: unknown; readonly verdict?: unknown }
      return policy === kind && /^(?:would_)?(?:redact|block)$/.test(String(verdict))
    })
}
