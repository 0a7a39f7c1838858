import type Database from 'better-sqlite3'
import type { ConfigEntry, EntryReceipt, EventEntry, LogEntry } from './log-entry.ts'
import type { LogHead } from './log-head.ts'
import { parseHead, selectHead } from './log-head.ts'
import { blockLeaves, leafHash } from './merkle-frontier.ts'
import { signCheckpoint } from './notes/checkpoint.ts'
import type { NoteSigner } from './notes/signed-note.ts'
import type { SealedPayload } from './payloads/payload-box.ts'

/** The statements of an append, prepared once per connection. */
export interface AppendStatements {
  readonly head: Database.Statement
  readonly event: Database.Statement
  readonly config: Database.Statement
  readonly payloadKey: Database.Statement
  readonly payload: Database.Statement
  readonly block: Database.Statement
  readonly checkpoint: Database.Statement
  readonly moveHead: Database.Statement
  readonly newestCheckpoint: Database.Statement
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
    payloadKey: database.prepare(
      'INSERT OR IGNORE INTO payload_keys(key_id, wrapped) VALUES (?, ?)',
    ),
    payload: database.prepare('INSERT INTO payloads(seq, key_id, nonce, box) VALUES (?, ?, ?, ?)'),
    block: database.prepare('INSERT INTO subtrees(idx, hash) VALUES (?, ?)'),
    checkpoint: database.prepare('INSERT INTO checkpoints(size, note) VALUES (?, ?)'),
    moveHead: database.prepare('UPDATE head SET size = ?, frontier = ?, last_ts = ?, tip_note = ?'),
    newestCheckpoint: database.prepare(
      'SELECT size, note FROM checkpoints ORDER BY size DESC LIMIT 1',
    ),
  }
}

interface Connection {
  readonly statements: AppendStatements
  readonly signer: NoteSigner
}

/**
 * Appends all entries inside the transaction that the caller has begun. The head is read there, never taken from memory, and signed anew:
 * no event is ever in the log without a note that covers it. Returns one receipt per entry, in order, and the size of the log;
 * throws what SQLite throws.
 */
export function appendEntries(
  database: Database.Database,
  { statements, signer }: Connection,
  entries: readonly LogEntry[],
): { readonly receipts: readonly EntryReceipt[]; readonly size: number } {
  const head = parseHead(statements.head.get(), database.name)
  const { frontier } = head
  const before = frontier.size
  let { lastTs } = head
  const receipts = entries.map((entry): EntryReceipt => {
    if (entry.kind === 'config') return insertConfig(statements, entry)
    const receipt = insertEvent({ statements, signer }, entry, { frontier, lastTs })
    lastTs = receipt.ts
    return receipt
  })
  if (frontier.size > before) {
    const note = signCheckpoint(frontier, signer)
    statements.moveHead.run(frontier.size, frontier.toBytes(), lastTs, note)
  }
  return { receipts, size: frontier.size }
}

function insertConfig(statements: AppendStatements, entry: ConfigEntry): null {
  statements.config.run(entry.hash, entry.canonical)
  return null
}

function insertEvent(
  { statements, signer }: Connection,
  { at, columns, body, payload }: EventEntry,
  { frontier, lastTs }: LogHead,
): { readonly seq: number; readonly ts: number } {
  const seq = frontier.size
  const ts = Math.max(at, lastTs)
  const text = `${body.head}${seq}${body.middle}${ts}${body.tail}`
  const leaf = leafHash(text)
  const { id, type, decision, requestId, principal, target, model } = columns
  statements.event.run(seq, ts, id, type, decision, requestId, principal, target, model, leaf, text)
  if (payload) insertPayload(statements, { seq, payload })
  const block = frontier.append(leaf)
  if (block !== null) {
    statements.block.run(frontier.size / blockLeaves - 1, block)
    statements.checkpoint.run(frontier.size, signCheckpoint(frontier, signer))
  }
  return { seq, ts }
}

function insertPayload(
  statements: AppendStatements,
  { seq, payload }: { readonly seq: number; readonly payload: SealedPayload },
): void {
  const { keyId, wrapped, nonce, box } = payload
  // With each content: the row of a key goes when all its contents are erased.
  statements.payloadKey.run(keyId, wrapped)
  statements.payload.run(seq, keyId, nonce, box)
}
