import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { leafHash } from '../merkle-frontier.ts'
import { openSqlite } from '../open-sqlite.ts'
import { createPrivateFile } from '../private-files.ts'
import { StoreRefusedError, toStoreError } from '../store-errors.ts'
import { systemFault } from '../system-fault.ts'
import { withLease } from './examine-log.ts'
import { ProvenPrefix } from './proven-prefix.ts'
import type { SavedRow } from './readable-rows.ts'
import { readableRows } from './readable-rows.ts'

/** What could be saved of a damaged log. It is written to `salvage.json` too. */
export interface Salvage {
  /** Marks the folder as a copy for reading; no gateway takes it for a log. */
  readonly salvage: true
  readonly source: string
  readonly log: string | null
  /** Events by the head of the log, when that can be read. */
  readonly size: number | null
  /** Events in `events.jsonl`, each the bytes that were hashed. */
  readonly saved: number
  readonly first: number | null
  readonly last: number | null
  /** Ranges between the first and the last that cannot be read, `[from, to]`; the first hundred. */
  readonly missing: readonly (readonly [number, number])[]
  /** Events whose text is not the one that was hashed; the first hundred. */
  readonly changed: readonly number[]
  /** From the first event on, so many follow one another and match their hashes. */
  readonly matching: number
  /** The largest signed checkpoint that these events lead to: up to there the copy proves itself (`checkpoint.note`). */
  readonly proven: { readonly size: number; readonly vkey: string } | null
}

interface SalvageOptions {
  /** Folder of the log. */
  readonly dir: string
  /** A folder that is not there yet. */
  readonly to: string
}

const longestList = 100

/**
 * Copies every event of a log that can still be read into `<to>/events.jsonl`, and says how far they match their hashes. The log itself
 * is not opened: a copy of its files is. Throws `StoreMissingError`, `StoreInUseError` while a gateway writes it, `StoreRefusedError`
 * when the folder is there already or nothing can be read, and what the file system throws.
 */
export function salvageLog({ dir, to }: SalvageOptions): Salvage {
  return withLease(dir, ({ database: source }) => {
    makeFolder(to)
    const copy = join(to, 'copy-of-audit.db')
    for (const suffix of ['', '-wal']) {
      if (existsSync(source + suffix)) copyFileSync(source + suffix, copy + suffix)
    }
    const database = openCopy(copy)
    try {
      const salvage = save(database, { source, to })
      createPrivateFile(join(to, 'salvage.json'), `${JSON.stringify(salvage, null, 2)}\n`)
      return salvage
    } finally {
      database.close()
      for (const suffix of ['', '-wal', '-shm']) rmSync(copy + suffix, { force: true })
    }
  })
}

function makeFolder(path: string): void {
  if (existsSync(path)) {
    throw new StoreRefusedError({
      code: 'salvage-refused',
      message: `${path} is there already.`,
      suggestion: 'Name a folder that is not there yet: a salvage never mixes with anything else.',
    })
  }
  mkdirSync(path, { recursive: true, mode: 0o700 })
}

function openCopy(copy: string): Database.Database {
  try {
    const database = openSqlite(copy, { fileMustExist: true })
    database.pragma('trusted_schema = OFF')
    database.prepare('SELECT count(*) FROM sqlite_schema').get()
    return database
  } catch (error) {
    throw toStoreError({
      ...systemFault(error),
      code: 'salvage-refused',
      message: 'Nothing can be read: what lies there is no database any more.',
      suggestion:
        'Keep the file. Restore a backup, or start a new log with kt events recover --start-new.',
    })
  }
}

function save(
  database: Database.Database,
  { source, to }: { readonly source: string; readonly to: string },
): Salvage {
  const prefix = new ProvenPrefix(database)
  const notes = { missing: [] as [number, number][], changed: [] as number[] }
  let [saved, first, last] = [0, null as number | null, null as number | null]
  const file = openSync(join(to, 'events.jsonl'), 'wx', 0o600)
  try {
    for (const row of readableRows(database)) {
      if (last !== null && row.seq > last + 1) note(notes.missing, [last + 1, row.seq - 1])
      if (!matches(row)) note(notes.changed, row.seq)
      else prefix.add(row)
      writeSync(file, `${row.body}\n`)
      first ??= row.seq
      last = row.seq
      saved += 1
    }
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  const proof = prefix.proof()
  if (proof !== null) createPrivateFile(join(to, 'checkpoint.note'), proof.note)
  return {
    salvage: true,
    source,
    log: prefix.log,
    size: prefix.claimedSize,
    saved,
    first,
    last,
    ...notes,
    matching: prefix.count,
    proven: proof && { size: proof.size, vkey: proof.vkey },
  }
}

function matches({ body, leaf }: SavedRow): boolean {
  return leafHash(body).equals(leaf)
}

function note<Item>(list: Item[], item: Item): void {
  if (list.length < longestList) list.push(item)
}
