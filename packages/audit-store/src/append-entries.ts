import type Database from 'better-sqlite3'
import type { LogHead } from './log-head.ts'
import { parseHead, selectHead } from './log-head.ts'
import { leafHash } from './merkle-frontier.ts'
import type { ConfigEntry, EntryReceipt, EventEntry, LogEntry } from './worker-protocol.ts'

/** The statements of an append, prepared once per connection. */
export interface AppendStatements {
  readonly head: Database.Statement
  readonly event: Database.Statement
  readonly config: Database.Statement
  readonly moveHead: Database.Statement
}

/** Prepares the statements `appendEntries` runs. */
export function prepareAppend(database: Database.Database): AppendStatements {
  return {
    head: database.prepare(selectHead),
    event: database.prepare(
      `INSERT INTO events(seq, ts, id, type, decision, request_id, principal, target, model, leaf, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    config: database.prepare('INSERT OR IGNORE INTO configs(hash, canonical) VALUES (?, ?)'),
    moveHead: database.prepare('UPDATE head SET size = ?, frontier = ?, last_ts = ?'),
  }
}

/**
 * Appends all entries in one transaction. The head is read inside it, never taken from memory.
 * Returns one receipt per entry, in order, and the size of the log; throws what SQLite throws.
 */
export function appendEntries(
  database: Database.Database,
  statements: AppendStatements,
  entries: readonly LogEntry[],
): { readonly receipts: readonly EntryReceipt[]; readonly size: number } {
  return database
    .transaction(() => {
      const head = parseHead(statements.head.get(), database.name)
      let { lastTs } = head
      const receipts = entries.map((entry): EntryReceipt => {
        if (entry.kind === 'config') return insertConfig(statements, entry)
        const receipt = insertEvent(statements, entry, { frontier: head.frontier, lastTs })
        lastTs = receipt.ts
        return receipt
      })
      statements.moveHead.run(head.frontier.size, head.frontier.toBytes(), lastTs)
      return { receipts, size: head.frontier.size }
    })
    .immediate()
}

function insertConfig(statements: AppendStatements, entry: ConfigEntry): null {
  statements.config.run(entry.hash, entry.canonical)
  return null
}

function insertEvent(
  statements: AppendStatements,
  { at, columns, body }: EventEntry,
  { frontier, lastTs }: LogHead,
): { readonly seq: number; readonly ts: number } {
  const seq = frontier.size
  const ts = Math.max(at, lastTs)
  const text = `${body.head}${seq}${body.middle}${ts}${body.tail}`
  const leaf = leafHash(text)
  const { id, type, decision, requestId, principal, target, model } = columns
  statements.event.run(seq, ts, id, type, decision, requestId, principal, target, model, leaf, text)
  frontier.append(leaf)
  return { seq, ts }
}
