import type { AuditEvent } from '@keeptrusts/core'
import type Database from 'better-sqlite3'

/** An event of the log about itself or its gateway, with its place. */
export interface OwnRow {
  readonly seq: number
  /** Milliseconds since the epoch. */
  readonly ts: number
  readonly event: AuditEvent
}

interface Row {
  readonly seq: number
  readonly ts: number
  readonly body: string
}

// What the index `events_own` is declared with: without it SQLite would walk the log.
const select = 'SELECT seq, ts, body FROM events WHERE request_id IS NULL AND type'

/** The events of some types that belong to no request, in log order. */
export function ownRows(database: Database.Database, ...types: readonly string[]): OwnRow[] {
  const list = types.map(() => '?').join(', ')
  return (database.prepare(`${select} IN (${list}) ORDER BY seq`).all(...types) as Row[]).map(read)
}

/** The newest event of a type that belongs to no request; `null` when there is none. */
export function newestOwnRow(database: Database.Database, type: string): OwnRow | null {
  const row = database.prepare(`${select} = ? ORDER BY seq DESC LIMIT 1`).get(type)
  return row === undefined ? null : read(row as Row)
}

function read({ seq, ts, body }: Row): OwnRow {
  return { seq, ts, event: JSON.parse(body) as AuditEvent }
}
