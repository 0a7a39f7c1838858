import { existsSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { openForReading } from '../log-database.ts'
import { parseCheckpoint } from '../notes/checkpoint.ts'
import { parseNote } from '../notes/signed-note.ts'
import { readSignedLogId } from '../signed-log.ts'
import { StoreMissingError, toStoreError } from '../store-errors.ts'
import { storePaths } from '../store-paths.ts'
import { systemFault } from '../system-fault.ts'
import { inclusionProof } from '../tree/inclusion-proof.ts'
import { logTree } from '../tree/log-tree.ts'
import { refuseDangerousVolume } from '../volume.ts'
import { formatTlogProof } from './tlog-proof.ts'

/** A proof, and the event that it is about. */
export interface ProvenEvent {
  readonly seq: number
  readonly id: string
  readonly type: string
  /** The canonical bytes of the event, as text: what has to be shown together with the proof. */
  readonly body: string
  /** Events that the checkpoint of the proof covers. */
  readonly size: number
  /** The proof in the form of C2SP tlog-proof. */
  readonly proof: string
}

interface EventRow extends Pick<ProvenEvent, 'seq' | 'id' | 'type' | 'body'> {}

/**
 * Proves that an event is in the log, under the newest stored checkpoint that covers it, or the newest note of all. `id` is an event id or
 * `<log>/<seq>`. `null` when the log has no such event. Throws `StoreMissingError` and `StoreRefusedError`.
 */
export function proveEvent({
  dir,
  id,
}: {
  readonly dir: string
  readonly id: string
}): ProvenEvent | null {
  const paths = storePaths(dir)
  if (!existsSync(paths.database)) throw new StoreMissingError(paths.database)
  let database: Database.Database | undefined
  try {
    refuseDangerousVolume(dir)
    database = openForReading(paths.database)
    database.exec('BEGIN')
    return prove(database, id)
  } catch (error) {
    throw toStoreError(systemFault(error))
  } finally {
    database?.close()
  }
}

function prove(database: Database.Database, id: string): ProvenEvent | null {
  const event = findEvent(database, { id, log: readSignedLogId(database) })
  if (event === undefined) return null
  const checkpoint = coveringNote(database, event.seq)
  const { size } = parseCheckpoint(parseNote(checkpoint)?.text ?? '') ?? { size: 0 }
  const hashes = inclusionProof({ index: event.seq, size }, logTree(database))
  return { ...event, size, proof: formatTlogProof({ index: event.seq, hashes, checkpoint }) }
}

function findEvent(
  database: Database.Database,
  { id, log }: { readonly id: string; readonly log: string },
): EventRow | undefined {
  const place = /^([0-9a-f]{32})\/(\d{1,15})$/.exec(id)
  const columns = 'SELECT seq, id, type, body FROM events'
  if (place === null) {
    return database.prepare<unknown[], EventRow>(`${columns} WHERE id = ? LIMIT 1`).get(id)
  }
  if (log !== place[1]) return undefined
  return database.prepare<unknown[], EventRow>(`${columns} WHERE seq = ?`).get(Number(place[2]))
}

/** A stored checkpoint stays in the log and is what anchors are made from; the newest event may have none yet. */
function coveringNote(database: Database.Database, seq: number): string {
  const note = database
    .prepare(
      `SELECT coalesce((SELECT note FROM checkpoints WHERE size > ? ORDER BY size DESC LIMIT 1), (SELECT tip_note FROM head))`,
    )
    .pluck()
    .get(seq)
  return String(note)
}
