import type Database from 'better-sqlite3'
import type { LogActor } from '../log-events.ts'
import { logEvent } from '../log-events.ts'
import type { LogWriter } from '../log-writer.ts'
import type { PayloadEntry, PayloadSelector } from '../payloads/payload-page.ts'
import { payloadPage } from '../payloads/payload-page.ts'

/** Erases the next contents that a selector means, at most 1,000: calls are recorded between two such tasks. */
export interface ErasePayloadsTask {
  readonly kind: 'erase-payloads'
  readonly selector: PayloadSelector
  /** The number of an event; only contents of this one and later ones are looked at. */
  readonly from: number
  /** Why; goes into the log. */
  readonly reason: string
  readonly actor: LogActor
}

/** Counts what `erase-payloads` would erase. */
export interface CountPayloadsTask {
  readonly kind: 'count-payloads'
  readonly selector: PayloadSelector
  readonly from: number
}

export interface CountPayloadsResult {
  readonly count: number
  /** `from` of the task that goes on; `null` when all was looked at. */
  readonly next: number | null
}

export interface ErasePayloadsResult extends CountPayloadsResult {
  /** False when somebody reading the log kept old pages from being overwritten: the task has to be run once more. */
  readonly scrubbed: boolean
}

/** Counts the contents of one page. Throws what SQLite throws. */
export function countPayloads(
  writer: LogWriter,
  { selector, from }: CountPayloadsTask,
): CountPayloadsResult {
  const { database, promptKey } = writer
  const { entries, next } = payloadPage(database, selector, { from, promptKey })
  return { count: entries.length, next }
}

/**
 * Erases the contents of one page and records that in the same transaction. The tree holds hashes of the encrypted contents only and
 * is not touched. Afterwards no file of the log holds the bytes any more. Throws what SQLite throws.
 */
export function erasePayloads(
  writer: LogWriter,
  { selector, from, reason, actor }: ErasePayloadsTask,
): ErasePayloadsResult {
  const { database, log, now, promptKey } = writer
  const { entries, next } = payloadPage(database, selector, { from, promptKey })
  database.pragma('secure_delete = ON')
  try {
    if (entries.length > 0) {
      const seqs = entries.map(({ seq }) => seq)
      const fields = { by: selector.by, seqs, reason, actor: { ...actor } }
      writer.transact(({ append }) => {
        append([logEvent('audit.payload_erased', fields, { log, at: now() })])
        removePayloads(database, entries)
      })
    }
    return { count: entries.length, next, scrubbed: scrub(database) }
  } finally {
    database.pragma('secure_delete = OFF')
  }
}

function removePayloads(database: Database.Database, entries: readonly PayloadEntry[]): void {
  const remove = database.prepare('DELETE FROM payloads WHERE seq = ?')
  for (const { seq } of entries) remove.run(seq)
  const oneOfEach = new Map(entries.map((entry) => [entry.keyId, entry])).values()
  const removeKey = database.prepare('DELETE FROM payload_keys WHERE key_id = ?')
  for (const entry of oneOfEach) {
    if (!isUsed(database, entry)) removeKey.run(entry.keyId)
  }
}

/** The contents of one key lie side by side (see `PayloadSealer`): the neighbours of an erased one tell, without a walk through all. */
function isUsed(database: Database.Database, { seq, keyId }: PayloadEntry): boolean {
  const before = 'SELECT key_id FROM payloads WHERE seq < ? ORDER BY seq DESC LIMIT 1'
  const after = 'SELECT key_id FROM payloads WHERE seq > ? ORDER BY seq LIMIT 1'
  const neighbours = [before, after].map((sql) => database.prepare(sql).pluck().get(seq))
  return neighbours.includes(keyId)
}

/** Overwrites the pages in the database and empties the write-ahead log, which holds what was inserted lately. */
function scrub(database: Database.Database): boolean {
  const [result] = database.pragma('wal_checkpoint(TRUNCATE)') as { readonly busy: number }[]
  return result?.busy === 0
}
