import { existsSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { openForReading } from '../log-database.ts'
import { blockLeaves } from '../merkle-frontier.ts'
import { StoreMissingError, toStoreError } from '../store-errors.ts'
import { storePaths } from '../store-paths.ts'
import { systemFault } from '../system-fault.ts'
import { refuseDangerousVolume } from '../volume.ts'
import type { ClockState } from './clock-state.ts'
import { clockState } from './clock-state.ts'
import type { Hold } from './holds.ts'
import { activeHolds } from './holds.ts'
import { newestOwnRow } from './own-rows.ts'
import { dueTime, pruneLimit } from './prune-plan.ts'
import { readPruneState } from './prune-state.ts'
import { currentSetting, settingsSince } from './settings.ts'

/** What retention does with a log. Times are milliseconds since the epoch. */
export interface RetentionStatus {
  /** Days that records written now are kept at least; `null` when no gateway has said so yet. */
  readonly days: number | null
  /** Whether records written now cannot be deleted by hand; `null` when no gateway has said so yet. */
  readonly immutable: boolean | null
  /** The oldest record that is kept; `null` in an empty log. */
  readonly oldest: { readonly seq: number; readonly ts: number } | null
  /** Records that are there. */
  readonly records: number
  readonly next: NextPruning
  readonly holds: readonly Hold[]
  readonly clock: ClockState
  /** The last deletion; `null` when there was none. */
  readonly last: LastPruning | null
  /** What kept records from being deleted, as found at `ts`; `null` when nothing did. */
  readonly damage: { readonly ts: number; readonly problem: string } | null
}

/** The block of 1,024 records that goes next. */
interface NextPruning {
  /** The first record that stays. */
  readonly up_to: number
  /** When all of it is older than its retention; `null` while the block is not full. */
  readonly due: number | null
  /** What stops it even then. */
  readonly blocked_by: 'hold' | 'clock' | null
  /** Whether it is being deleted now, or will be when a gateway starts. */
  readonly under_way: boolean
}

/** A deletion, as its `audit.pruned` records it. */
interface LastPruning {
  readonly ts: number
  readonly up_to: number
  readonly count: number
  readonly by_hand: boolean
}

/** Reads what retention does with the log in a folder. Throws `StoreMissingError` and `StoreRefusedError`. */
export function retentionStatus({ dir }: { readonly dir: string }): RetentionStatus {
  const { database: path } = storePaths(dir)
  if (!existsSync(path)) throw new StoreMissingError(path)
  try {
    refuseDangerousVolume(dir)
    const database = openForReading(path)
    try {
      return database.transaction(() => read(database))()
    } finally {
      database.close()
    }
  } catch (error) {
    throw toStoreError(systemFault(error))
  }
}

function read(database: Database.Database): RetentionStatus {
  const { first, goal, size } = readPruneState(database)
  const setting = currentSetting(database, goal ?? first)
  return {
    days: setting?.days ?? null,
    immutable: setting?.immutable ?? null,
    oldest: (database.prepare('SELECT seq, ts FROM events ORDER BY seq LIMIT 1').get() ??
      null) as RetentionStatus['oldest'],
    records: size - first,
    next: nextPruning(database),
    holds: activeHolds(database),
    clock: clockState(database),
    last: lastPruning(database),
    damage: damage(database),
  }
}

function nextPruning(database: Database.Database): NextPruning {
  const { first, goal, size } = readPruneState(database)
  if (goal !== null) return { up_to: goal, due: null, blocked_by: null, under_way: true }
  const block = { first, end: first + blockLeaves }
  const isFull = block.end <= size
  const isHeld = pruneLimit(database) < block.end
  const { suspended } = clockState(database)
  return {
    up_to: block.end,
    due: isFull ? dueTime(database, settingsSince(database, first), block) : null,
    blocked_by: suspended ? 'clock' : isHeld ? 'hold' : null,
    under_way: false,
  }
}

function lastPruning(database: Database.Database): LastPruning | null {
  const row = newestOwnRow(database, 'audit.pruned')
  if (!row) return null
  const { up_to, count, by_hand } = row.event
  return { ts: row.ts, up_to: Number(up_to), count: Number(count), by_hand: by_hand === true }
}

/** What was found stays true until records were deleted after it. */
function damage(database: Database.Database): RetentionStatus['damage'] {
  const found = newestOwnRow(database, 'audit.integrity')
  const pruned = newestOwnRow(database, 'audit.pruned')
  if (!found || (pruned && pruned.seq > found.seq)) return null
  return { ts: found.ts, problem: String(found.event['problem']) }
}
