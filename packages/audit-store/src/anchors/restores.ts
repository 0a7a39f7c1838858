import type Database from 'better-sqlite3'

/** That an older copy of the log was put in its place on purpose: an `audit.restored` event. */
export interface Restore {
  /** Of the event. */
  readonly seq: number
  /** Events of the copy: what anchors say about later ones is about events that were given up. */
  readonly fromSize: number
  /** When it happened, milliseconds since the epoch. */
  readonly ts: number
}

interface RestoredRow {
  readonly seq: number
  readonly ts: number
}

/** All restores that a log tells of, oldest first. */
export function readRestores(database: Database.Database): readonly Restore[] {
  const rows = database
    .prepare(
      "SELECT seq, ts FROM events WHERE type = 'audit.restored' AND request_id IS NULL ORDER BY seq",
    )
    .all() as RestoredRow[]
  return rows.map(({ seq, ts }) => ({ seq, fromSize: seq, ts }))
}

/** The restore that an anchor of given-up events is explained by. */
export function explainingRestore(
  restores: readonly Restore[],
  { size, time }: { readonly size: number; readonly time: string | null },
): Restore | null {
  const at = time === null ? Number.NEGATIVE_INFINITY : Date.parse(time)
  return restores.find(({ fromSize, ts }) => size > fromSize && at <= ts) ?? null
}
