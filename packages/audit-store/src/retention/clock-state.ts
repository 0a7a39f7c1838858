import type Database from 'better-sqlite3'
import { ownRows } from './own-rows.ts'

/**
 * How far a clock may be off before nothing is deleted any more, milliseconds. A change of an hour is what a machine with a wrong time
 * zone makes; against retention of at least a day it moves nothing that matters, and no time service corrects that much unasked.
 */
export const suspectJumpMs = 3_600_000

/** A change of the clock that nobody has explained. */
interface ClockJump {
  /** Of its event. */
  readonly seq: number
  /** What the clock should have said; RFC 3339. */
  readonly from: string
  /** What it said; RFC 3339. */
  readonly to: string
  /** Whether it was found while the gateway ran, or as a long pause at a start. */
  readonly found: string
}

/** Whether the clock may decide what is old. */
export interface ClockState {
  readonly suspended: boolean
  /** The jumps that were not confirmed, oldest first. */
  readonly jumps: readonly ClockJump[]
}

/**
 * Adds up the jumps since somebody last confirmed the clock. Setting it back takes away from what it was ahead, so that a jump which is
 * undone needs nobody; it never counts in advance.
 */
export function clockState(database: Database.Database): ClockState {
  let aheadMs = 0
  let jumps: ClockJump[] = []
  for (const { seq, event } of ownRows(database, 'audit.clock_jump', 'audit.clock_confirmed')) {
    const { from, to, found } = event
    if (event.type === 'audit.clock_confirmed') aheadMs = 0
    else aheadMs = Math.max(0, aheadMs + Date.parse(String(to)) - Date.parse(String(from)))
    if (aheadMs <= suspectJumpMs) jumps = []
    else jumps.push({ seq, from: String(from), to: String(to), found: String(found) })
  }
  return { suspended: jumps.length > 0, jumps }
}
