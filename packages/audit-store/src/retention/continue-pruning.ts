import type Database from 'better-sqlite3'
import type { LogWriter } from '../log-writer.ts'
import { checkBlocks } from './check-before-deleting.ts'
import type { PruneState } from './prune-state.ts'

/** Rows of one transaction: some milliseconds. */
const rowsAtATime = 1000

/**
 * Deletes the next events of a pruning that is recorded; with the last of them the log begins anew. Returns a problem in a clause when
 * the kept hashes do not add up to the signed checkpoint, else `null`.
 */
export function continuePruning(
  writer: LogWriter,
  { state, upTo }: { readonly state: PruneState; readonly upTo: number },
): string | null {
  const { database, log } = writer
  const lowest = database.prepare('SELECT min(seq) FROM events').pluck().get() as number
  const end = Math.min(lowest + rowsAtATime, upTo)
  const checked = end === upTo ? checkBlocks(database, state, { log, upTo }) : null
  if (checked !== null && checked.problem !== null) return checked.problem
  // Deleted text is overwritten: a page that is merely free still holds it.
  database.pragma('secure_delete = ON')
  try {
    writer.transact(() => {
      deleteBelow(database, end)
      if (checked === null) return
      database.prepare('UPDATE prune SET first = ?, frontier = ?').run(upTo, checked.tree.toBytes())
    })
  } finally {
    database.pragma('secure_delete = OFF')
  }
  return null
}

function deleteBelow(database: Database.Database, end: number): void {
  database.prepare('DELETE FROM events WHERE seq < ?').run(end)
  const keys = database
    .prepare('SELECT DISTINCT key_id FROM payloads WHERE seq < ?')
    .pluck()
    .all(end)
  database.prepare('DELETE FROM payloads WHERE seq < ?').run(end)
  // The newest key may be in use for content that is on its way.
  const deleteKey = database.prepare(
    `DELETE FROM payload_keys WHERE key_id = ? AND rowid < (SELECT max(rowid) FROM payload_keys)
     AND NOT EXISTS (SELECT 1 FROM payloads WHERE payloads.key_id = payload_keys.key_id)`,
  )
  for (const key of keys) deleteKey.run(key)
}
