import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type Database from 'better-sqlite3'
import { AccessError } from './access-error.ts'
import { openSqlite } from './open-sqlite.ts'
import { FROM_VERSION_1, SCHEMA, SCHEMA_VERSION } from './schema.ts'

const GROUP_OR_OTHERS_WRITE = 0o022
const ANYTHING_FOR_OTHERS = 0o077

/**
 * Opens or makes the database file: 0600, in a folder that nobody else may write to, WAL with `synchronous=FULL`.
 * Throws `AccessError` (`access-store-unusable`, `loose-permissions`) when one of these cannot be had.
 */
export function openDatabase(file: string): Database.Database {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    makePrivate(file)
  } catch (error) {
    throw error instanceof AccessError ? error : unusable(file, (error as Error).message)
  }
  const db = openSqlite(file)
  try {
    db.pragma('busy_timeout = 5000')
    demand(db, file, { name: 'journal_mode', set: 'WAL', expected: 'wal' })
    demand(db, file, { name: 'synchronous', set: 'FULL', expected: 2 })
    // A table that others refer to can be made anew only while references are not checked.
    demand(db, file, { name: 'foreign_keys', set: 'OFF', expected: 0 })
    migrate(db, file)
    demand(db, file, { name: 'foreign_keys', set: 'ON', expected: 1 })
    return db
  } catch (error) {
    db.close()
    throw error instanceof AccessError ? error : unusable(file, (error as Error).message)
  }
}

/**
 * SQLite gives the -wal and -shm files the permissions of the database, so they are set before it is opened. An existing
 * file is not opened here: closing it would drop the locks that SQLite holds on it in this process.
 */
function makePrivate(file: string): void {
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600))
  // Windows has no such bits (decision K5); the command line says so.
  if (process.platform === 'win32') return
  if ((statSync(file).mode & ANYTHING_FOR_OTHERS) !== 0) chmodSync(file, 0o600)
  // Whoever may write to the folder may put another database in place of ours. The folder is not ours to change: it could be /tmp.
  const folder = dirname(file)
  if ((statSync(folder).mode & GROUP_OR_OTHERS_WRITE) !== 0) {
    throw new AccessError(
      'loose-permissions',
      `Other users of this machine may write to ${folder}.`,
      `Take that away: chmod 700 ${folder}`,
    )
  }
}

interface Pragma {
  readonly name: string
  readonly set: string
  readonly expected: string | number
}

/** A pragma that SQLite cannot honour is not an error there: only reading it back tells. */
function demand(db: Database.Database, file: string, pragma: Pragma): void {
  db.pragma(`${pragma.name} = ${pragma.set}`)
  const found = db.pragma(pragma.name, { simple: true })
  if (found !== pragma.expected) {
    throw unusable(file, `SQLite refused ${pragma.name}=${pragma.set} here (it says ${found})`)
  }
}

function migrate(db: Database.Database, file: string): void {
  const versionNow = (): number => Number(db.pragma('user_version', { simple: true }))
  if (versionNow() === SCHEMA_VERSION) return
  // The version is read again inside one immediate transaction: two starts at the same moment both succeed.
  db.transaction(() => {
    const version = versionNow()
    if (version > SCHEMA_VERSION) throw unusable(file, 'a newer version of Keeptrusts wrote it')
    if (version === 1) db.exec(FROM_VERSION_1)
    db.exec(SCHEMA)
    db.pragma(`user_version = ${SCHEMA_VERSION}`)
  }).immediate()
}

function unusable(file: string, what: string): AccessError {
  return new AccessError(
    'access-store-unusable',
    `The access store ${file} cannot be used: ${what}.`,
    'Fix what the message names, or point KEEPTRUSTS_DATA_DIR at a local folder that only you can write to.',
  )
}
