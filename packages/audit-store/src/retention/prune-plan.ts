import type Database from 'better-sqlite3'
import { blockLeaves } from '../merkle-frontier.ts'
import { clockState } from './clock-state.ts'
import { dayMs } from './day.ts'
import { activeHolds } from './holds.ts'
import type { PruneState } from './prune-state.ts'
import type { Setting } from './settings.ts'
import { settingsSince } from './settings.ts'

/** Blocks that one pruning takes at most: reading and hashing them is one piece of work, between two batches of events. */
const maximalBlocks = 4

/** Events that may go together. */
export interface PrunePlan {
  /** The first event that stays; a multiple of 1,024. */
  readonly upTo: number
  /** What holds for the newest of those that go. */
  readonly setting: Setting
}

/** Why events may go: because they are older than their retention at `now`, or because somebody wants those before a time gone. */
export type PruneReason =
  | { readonly kind: 'age'; readonly now: number }
  | { readonly kind: 'by-hand'; readonly before: number }

/** The next events that may go, from the oldest on, in whole blocks; `null` when there are none. */
export function planPruning(
  database: Database.Database,
  { first, size }: PruneState,
  reason: PruneReason,
): PrunePlan | null {
  const settings = settingsSince(database, first)
  const limit = Math.min(size, pruneLimit(database), first + maximalBlocks * blockLeaves)
  let upTo = first
  while (upTo + blockLeaves <= limit) {
    const block = { first: upTo, end: upTo + blockLeaves }
    if (!mayGo(database, { settings, block, reason })) break
    upTo = block.end
  }
  const setting = settings.findLast(({ from }) => from < upTo)
  return upTo > first && setting ? { upTo, setting } : null
}

/** The first event that must stay whatever its age: where a hold begins, or where the clock became suspect. */
export function pruneLimit(database: Database.Database): number {
  const holds = activeHolds(database).map((hold) => hold.from_seq)
  const jumps = clockState(database).jumps.map(({ seq }) => seq)
  return Math.min(Number.POSITIVE_INFINITY, ...holds, ...jumps)
}

/** A stretch of the log, `end` excluded. */
interface Stretch {
  readonly first: number
  readonly end: number
}

/** When the last event of a stretch is older than its retention, milliseconds since the epoch; `null` when no setting is known. */
export function dueTime(
  database: Database.Database,
  settings: readonly Setting[],
  stretch: Stretch,
): number | null {
  const times = partsOf(settings, stretch).map(
    ({ end, setting }) => timeOf(database, end - 1) + setting.days * dayMs,
  )
  return times.length === 0 ? null : Math.max(...times)
}

interface Candidate {
  readonly settings: readonly Setting[]
  readonly block: Stretch
  readonly reason: PruneReason
}

function mayGo(database: Database.Database, { settings, block, reason }: Candidate): boolean {
  if (reason.kind === 'age') {
    const due = dueTime(database, settings, block)
    return due !== null && due <= reason.now
  }
  const parts = partsOf(settings, block)
  const isAllowed = parts.length > 0 && parts.every(({ setting }) => !setting.immutable)
  return isAllowed && timeOf(database, block.end - 1) < reason.before
}

/** The parts of a stretch under one setting each. */
function partsOf(
  settings: readonly Setting[],
  { first, end }: Stretch,
): readonly { readonly end: number; readonly setting: Setting }[] {
  return settings.flatMap((setting, index) => {
    const until = Math.min(end, settings[index + 1]?.from ?? end)
    return Math.max(first, setting.from) < until ? [{ end: until, setting }] : []
  })
}

/** `ts` never falls, so the last event of a stretch is its newest. */
function timeOf(database: Database.Database, seq: number): number {
  return database.prepare('SELECT ts FROM events WHERE seq = ?').pluck().get(seq) as number
}
