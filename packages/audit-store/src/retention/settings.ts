import type Database from 'better-sqlite3'
import { newestOwnRow } from './own-rows.ts'

/** What `retention_days` is when nothing is known of the setting a gateway ran with: the default of `audit-logger`. */
const unknownDays = 365

/** What was set for the events from `from` on, until the next setting. */
export interface Setting {
  /** Number of the first event it is about. */
  readonly from: number
  /** Whole days of 24 hours that they are kept at least. */
  readonly days: number
  /** Whether nobody may delete them by hand before. */
  readonly immutable: boolean
}

interface StartRow {
  readonly seq: number
  readonly days: number | null
  readonly immutable: number | null
}

/**
 * What holds for the events of a log that begins with event `first`: of every setting since an event was written the strictest, so that
 * a change of the configuration never shortens the life of what was promised a longer one. The settings are read from the log itself:
 * each `gateway.started` and `config.changed`, and `audit.pruned` for one that is gone. Empty when the log knows none; then nothing may go.
 */
export function settingsSince(database: Database.Database, first: number): readonly Setting[] {
  const set = settingsAsMade(database, first)
  let days = 0
  let immutable = false
  return set
    .toReversed()
    .map((setting) => {
      days = Math.max(days, setting.days)
      immutable ||= setting.immutable
      return { from: setting.from, days, immutable }
    })
    .toReversed()
}

/** The setting that events written now come under; `null` when the log knows none. */
export function currentSetting(database: Database.Database, first: number): Setting | null {
  return settingsAsMade(database, first).at(-1) ?? null
}

function settingsAsMade(database: Database.Database, first: number): readonly Setting[] {
  const starts = database
    .prepare(
      `SELECT seq, body ->> '$.retention_days' AS days, body ->> '$.immutable' AS immutable FROM events
       WHERE request_id IS NULL AND type IN ('gateway.started', 'config.changed') AND seq >= ?
       AND (type = 'gateway.started' OR body ->> '$.retention_days' IS NOT NULL) ORDER BY seq`,
    )
    .all(first) as StartRow[]
  const settings = starts.map(({ seq, days, immutable }) => ({
    from: seq,
    days: days ?? unknownDays,
    immutable: immutable !== 0,
  }))
  const [earliest] = settings
  if (earliest?.from === first) return settings
  const before = restated(database, first) ?? earliest
  return before ? [{ ...before, from: first }, ...settings] : []
}

/** What the pruning that made `first` the first event says about the events around it. */
function restated(database: Database.Database, first: number): Setting | null {
  const event = first === 0 ? null : newestOwnRow(database, 'audit.pruned')?.event
  if (event?.['up_to'] !== first) return null
  return {
    from: first,
    days: Number(event['retention_days']),
    immutable: event['immutable'] !== false,
  }
}
