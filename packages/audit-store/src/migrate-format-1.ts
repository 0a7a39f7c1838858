import type Database from 'better-sqlite3'
import { appendEntries, prepareAppend } from './append-entries.ts'
import type { LogIdentity } from './log-database.ts'
import { corrupt } from './log-database.ts'
import { logEvent } from './log-events.ts'
import { parseHead, selectHead } from './log-head.ts'
import { loadKeys } from './log-identity.ts'
import type { LogKeyFiles } from './log-keys.ts'
import { blockLeaves, leafHash, MerkleFrontier } from './merkle-frontier.ts'
import { signCheckpoint } from './notes/checkpoint.ts'
import type { NoteSigner } from './notes/signed-note.ts'
import { keyId, originOf } from './notes/verifier-key.ts'
import { format2, schemaVersion } from './schema.ts'

interface Migration {
  readonly files: LogKeyFiles
  /** Milliseconds since the epoch. */
  readonly now: number
}

interface EventRow {
  readonly seq: number
  readonly body: string
  readonly leaf: Buffer
}

/** Whether a log is of the format that had a tree, but no signed checkpoints. */
export function isFormat1(database: Database.Database): boolean {
  return database.pragma('user_version', { simple: true }) === 1
}

/**
 * Brings a log of format 1 to format 2 in one transaction: every event is hashed again, the roots of its blocks are kept and signed, and
 * `audit.genesis` says how many events were adopted. Throws `StoreFault` when the events are not those of the head.
 */
export function migrateFormat1(database: Database.Database, { files, now }: Migration): void {
  const identity = readFormat1(database)
  const keys = loadKeys(identity, files)
  const name = originOf(identity.log)
  const signer = { name, id: keyId(name, keys.publicKey), key: keys.signing }
  database
    .transaction(() => {
      changeTables(database, identity)
      const adopted = adoptEvents(database, signer)
      const fields = genesisFields(identity, adopted)
      const connection = { statements: prepareAppend(database), signer }
      appendEntries(database, connection, [
        logEvent('audit.genesis', fields, { log: identity.log, at: now }),
      ])
      database.pragma(`user_version = ${schemaVersion}`)
    })
    .immediate()
}

function readFormat1(database: Database.Database): LogIdentity {
  const rows = database.prepare('SELECT key, value FROM meta').raw().all() as [string, string][]
  const meta = new Map(rows)
  const log = meta.get('log')
  if (log === undefined) throw corrupt(database.name, 'has lost its id')
  return {
    log,
    vkey: meta.get('signing_key') ?? '',
    promptKey: meta.get('prompt_key') ?? '',
  }
}

function genesisFields({ vkey, promptKey }: LogIdentity, adopted: number) {
  return { vkey, prompt_key: promptKey, format: schemaVersion, adopted }
}

function changeTables(database: Database.Database, { vkey }: LogIdentity): void {
  database.exec('DROP TABLE checkpoints; DROP TABLE exports; DROP INDEX events_started;')
  database.exec(format2)
  database.prepare('INSERT INTO signing_keys VALUES (0, ?)').run(vkey)
  database.prepare("DELETE FROM meta WHERE key NOT IN ('log', 'prompt_key')").run()
}

/** Hashes every event again; keeps and signs the root of each whole block. Returns how many there are. */
function adoptEvents(database: Database.Database, signer: NoteSigner): number {
  const page = database.prepare<unknown[], EventRow>(
    'SELECT seq, body, leaf FROM events WHERE seq >= ? ORDER BY seq LIMIT 1024',
  )
  const { block: keepBlock, checkpoint } = prepareAppend(database)
  const tree = MerkleFrontier.empty()
  for (let rows = page.all(0); rows.length > 0; rows = page.all(tree.size)) {
    for (const { seq, body, leaf } of rows) {
      if (seq !== tree.size || !leafHash(body).equals(leaf)) {
        throw corrupt(database.name, `was changed: event ${tree.size} does not match its hash`)
      }
      const block = tree.append(leaf)
      if (block === null) continue
      keepBlock.run(tree.size / blockLeaves - 1, block)
      checkpoint.run(tree.size, signCheckpoint(tree, signer))
    }
  }
  const { frontier } = parseHead(database.prepare(selectHead).get(), database.name)
  if (frontier.size !== tree.size || !frontier.root().equals(tree.root())) {
    throw corrupt(database.name, 'was changed: its events are not those of its head')
  }
  return tree.size
}
