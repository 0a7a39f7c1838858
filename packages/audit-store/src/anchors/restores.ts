import type Database from 'better-sqlite3'
import { newestOwnRow, ownRows } from '../retention/own-rows.ts'

/** That an older copy of the log was put in its place on purpose: an `audit.restored` event. */
export interface Restore {
  /** Of the event. Anchors of larger trees may be about events that were given up. */
  readonly seq: number
  /** When it happened, milliseconds since the epoch. */
  readonly ts: number
}

/** All restores that a log tells of, oldest first; of those that retention has deleted, the newest `audit.pruned` tells. */
export function readRestores(database: Database.Database): readonly Restore[] {
  const kept = ownRows(database, 'audit.restored').map(({ seq, ts }) => ({ seq, ts }))
  const told = restoresOf(newestOwnRow(database, 'audit.pruned')?.event['restores'])
  return [...told.filter(({ seq }) => !kept.some((restore) => restore.seq === seq)), ...kept]
}

/** The restore that an anchor of given-up events is explained by. */
export function explainingRestore(
  restores: readonly Restore[],
  { size, time }: { readonly size: number; readonly time: string | null },
): Restore | null {
  const at = time === null ? Number.NEGATIVE_INFINITY : Date.parse(time)
  return restores.find(({ seq, ts }) => size > seq && at <= ts) ?? null
}

function restoresOf(value: unknown): readonly Restore[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((entry: unknown) => {
    const { seq, ts } = (entry ?? {}) as { seq?: unknown; ts?: unknown }
    return typeof seq === 'number' && typeof ts === 'number' ? [{ seq, ts }] : []
  })
}
