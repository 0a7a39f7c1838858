import type Database from 'better-sqlite3'
import { dayMs } from './day.ts'
import { readPruneState } from './prune-state.ts'
import { currentSetting } from './settings.ts'

const longestPauseDays = 30

/** A pause in the log that may be one, or a clock that was set forward while nothing ran. Milliseconds since the epoch. */
export interface StartGap {
  readonly from: number
  readonly to: number
}

/**
 * Compares the clock with the newest event when a log is opened. A stopped gateway and a clock that was set forward look the same, so
 * a pause is only suspect when deleting on its word could take much of what should be kept: longer than half of the retention, or than
 * 30 days. Returns `null` for one that is not.
 */
export function startGap(database: Database.Database, now: number): StartGap | null {
  const newest = database
    .prepare("SELECT body ->> '$.time' FROM events ORDER BY seq DESC LIMIT 1")
    .pluck()
    .get() as string | undefined
  // What the clock said then, not `ts`: that stays where a clock once was ahead.
  const from = Date.parse(newest ?? '')
  if (Number.isNaN(from) || now - from <= dayMs) return null
  const { first, goal } = readPruneState(database)
  const days = currentSetting(database, goal ?? first)?.days ?? longestPauseDays
  const tolerated = Math.max(1, Math.min(longestPauseDays, days / 2)) * dayMs
  return now - from > tolerated ? { from, to: now } : null
}
