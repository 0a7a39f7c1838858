import type { AuditValue } from '@keeptrusts/core'
import type Database from 'better-sqlite3'
import { ownRows } from './own-rows.ts'

/** Keeps the events from a place on, however old they get, until it is removed. */
export interface Hold {
  /** As in `hold_3f0c52aa91d4`. */
  readonly hold: string
  /** Number of the first event it keeps. */
  readonly from_seq: number
  readonly reason: string
  /** RFC 3339. */
  readonly time: string
  /** Who added it, as in the event. */
  readonly actor: AuditValue
}

/** The holds in force, oldest first. Their events cannot be pruned: each lies at or behind what it keeps. */
export function activeHolds(database: Database.Database): readonly Hold[] {
  const holds = new Map<string, Hold>()
  for (const { event } of ownRows(database, 'audit.hold_added', 'audit.hold_removed')) {
    const { type, hold, from_seq: from, reason, time, actor = null } = event
    if (typeof hold !== 'string') continue
    if (type === 'audit.hold_removed') holds.delete(hold)
    else holds.set(hold, { hold, from_seq: Number(from), reason: String(reason), time, actor })
  }
  return [...holds.values()]
}
