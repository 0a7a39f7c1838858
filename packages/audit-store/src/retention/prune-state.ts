import type Database from 'better-sqlite3'
import { newestOwnRow } from './own-rows.ts'

/** Where deleting stands. */
export interface PruneState {
  /** The first event that is kept. */
  readonly first: number
  /** Of the tree of the events before. */
  readonly frontier: Buffer
  /** Events of the log, deleted ones included. */
  readonly size: number
  /** Up to where a pruning that is recorded has still to delete; `null` when none is under way. */
  readonly goal: number | null
}

/** Reads where deleting stands: a pruning is under way from its `audit.pruned` until `prune.first` has moved. */
export function readPruneState(database: Database.Database): PruneState {
  const row = database
    .prepare('SELECT first, frontier, (SELECT size FROM head) AS size FROM prune')
    .get() as Omit<PruneState, 'goal'>
  const upTo = newestOwnRow(database, 'audit.pruned')?.event['up_to']
  return { ...row, goal: typeof upTo === 'number' && upTo > row.first ? upTo : null }
}
