import { createHmac } from 'node:crypto'
import type Database from 'better-sqlite3'

/** Which contents are meant. */
export type PayloadSelector =
  /** Of one event, `evt_…`. */
  | { readonly by: 'event'; readonly id: string }
  /** Of one call, `req_…`. */
  | { readonly by: 'request'; readonly id: string }
  /** Of everything recorded before a time, milliseconds since the epoch. */
  | { readonly by: 'before'; readonly time: number }
  /** Of everybody who is named so, in clear or by pseudonym. */
  | { readonly by: 'principal'; readonly principal: string }

/** A kept content, without it. */
export interface PayloadEntry {
  readonly seq: number
  readonly keyId: string
}

/** The next contents that a selector means. */
export interface PayloadPage {
  readonly entries: readonly PayloadEntry[]
  /** From which event to go on; `null` at the end. */
  readonly next: number | null
}

interface Row extends PayloadEntry {
  readonly bytes: number
  readonly matches: number
}

/** What one transaction erases at most: calls wait for it. */
const maximalEntries = 1000
/** Of boxes: overwriting them goes through the write-ahead log. */
const maximalBytes = 32 * 1024 * 1024
/** Contents that are looked at for those of one principal. */
const maximalScanned = 20_000

/** Finds the contents that a selector means, from an event on, as many as one transaction can erase. */
export function payloadPage(
  database: Database.Database,
  selector: PayloadSelector,
  { from, promptKey }: { readonly from: number; readonly promptKey: Uint8Array },
): PayloadPage {
  const limit = selector.by === 'principal' ? maximalScanned : maximalEntries
  const rows = rowsOf(database, selector, { from, limit, promptKey })
  const entries: PayloadEntry[] = []
  let bytes = 0
  for (const row of rows) {
    if (row.matches !== 1) continue
    // One content is always taken, however long: otherwise there would be no getting past it.
    if (entries.length === maximalEntries || (bytes > 0 && bytes + row.bytes > maximalBytes)) {
      return { entries, next: row.seq }
    }
    bytes += row.bytes
    entries.push({ seq: row.seq, keyId: row.keyId })
  }
  const last = rows.at(-1)
  return { entries, next: last && rows.length === limit ? last.seq + 1 : null }
}

/** How a name stands in a log whose configuration has `pseudonymize: [principal]`. */
function principalPseudonym(principal: string, promptKey: Uint8Array): string {
  return createHmac('sha256', promptKey).update(`principal:${principal}`, 'utf8').digest('hex')
}

interface Scan {
  readonly from: number
  readonly limit: number
  readonly promptKey: Uint8Array
}

const columns = 'p.seq AS seq, p.key_id AS keyId, length(p.box) AS bytes'

function rowsOf(
  database: Database.Database,
  selector: PayloadSelector,
  { from, limit, promptKey }: Scan,
): readonly Row[] {
  const all = (sql: string, ...parameters: (string | number)[]): readonly Row[] =>
    database.prepare(sql).all(...parameters) as Row[]
  switch (selector.by) {
    case 'event':
    case 'request': {
      const column = selector.by === 'event' ? 'id' : 'request_id'
      const sql = `SELECT ${columns}, 1 AS matches FROM events e JOIN payloads p ON p.seq = e.seq
        WHERE e.${column} = ? AND e.seq >= ? ORDER BY e.seq LIMIT ?`
      return all(sql, selector.id, from, limit)
    }
    case 'before': {
      const end = firstSince(database, selector.time)
      const sql = `SELECT ${columns}, 1 AS matches FROM payloads p
        WHERE p.seq >= ? AND p.seq < ? ORDER BY p.seq LIMIT ?`
      return all(sql, from, end, limit)
    }
    case 'principal': {
      const { principal } = selector
      const sql = `SELECT ${columns}, e.principal IS NOT NULL AND e.principal IN (?, ?) AS matches
        FROM payloads p CROSS JOIN events e ON e.seq = p.seq WHERE p.seq >= ? ORDER BY p.seq LIMIT ?`
      return all(sql, principal, principalPseudonym(principal, promptKey), from, limit)
    }
  }
}

/** Times never decrease in a log, so that the events before a time are those before a number. */
function firstSince(database: Database.Database, time: number): number {
  const found = database
    .prepare('SELECT seq FROM events WHERE ts >= ? ORDER BY ts, seq LIMIT 1')
    .pluck()
    .get(time) as number | undefined
  return found ?? Number.MAX_SAFE_INTEGER
}
