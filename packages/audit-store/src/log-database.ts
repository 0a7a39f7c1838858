import { renameSync, rmSync, statSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { openSqlite } from './open-sqlite.ts'
import { ensurePrivateFile, syncFolder } from './private-files.ts'
import { applicationId, schema, schemaVersion } from './schema.ts'
import { StoreFault } from './store-fault.ts'
import type { StorePaths } from './store-paths.ts'
import { errorCode } from './system-fault.ts'

const busyTimeoutMs = 2000
const walLimitBytes = 64 * 1024 * 1024
/** A file up to this size is checked whole when it is opened: about 0.1 s. */
const quickCheckLimitBytes = 32 * 1024 * 1024

/** What a log says about itself and the keys it is written with now. */
export interface LogIdentity {
  /** 32 hex digits. */
  readonly log: string
  /** The verifier key that signs its next checkpoint. */
  readonly vkey: string
  readonly promptKey: string
}

/** Makes the database under another name and moves it into place when it is complete, so that `audit.db` is never half made. */
export function createLogDatabase(paths: StorePaths, { log, vkey, promptKey }: LogIdentity): void {
  for (const suffix of ['', '-journal']) rmSync(paths.draft + suffix, { force: true })
  ensurePrivateFile(paths.draft)
  const database = openSqlite(paths.draft)
  try {
    database.pragma('auto_vacuum = INCREMENTAL')
    database.pragma('synchronous = FULL')
    database.transaction(() => {
      database.exec(schema)
      database.pragma(`application_id = ${applicationId}`)
      database.pragma(`user_version = ${schemaVersion}`)
      const insert = database.prepare('INSERT INTO meta VALUES (?, ?)')
      insert.run('log', log)
      insert.run('prompt_key', promptKey)
      database.prepare('INSERT INTO signing_keys VALUES (0, ?)').run(vkey)
    })()
  } finally {
    database.close()
  }
  renameSync(paths.draft, paths.database)
  syncFolder(paths.dir)
}

/**
 * Opens a log for writing, with every pragma durability rests on set and read back: SQLite falls to `synchronous = NORMAL` by
 * itself when it finds a WAL database, and acknowledged events would be lost with the power. Throws `StoreFault`.
 */
export function openForWriting(path: string): Database.Database {
  return openOurs(path, { fileMustExist: true }, (database) => {
    database.pragma(`journal_size_limit = ${walLimitBytes}`)
    requirePragma(database, 'journal_mode', { set: 'WAL', expect: 'wal' })
    requirePragma(database, 'synchronous', { set: 'FULL', expect: 2 })
  })
}

/** Opens a log for reading only. Throws `StoreFault` for a file that is not one of our logs. */
export function openForReading(path: string): Database.Database {
  return openOurs(path, { readonly: true }, () => {})
}

/** Checks a database page by page when it is small enough for that to take no time; large ones are left to `kt events verify`. */
export function quickCheck(database: Database.Database, path: string): void {
  if (statSync(path).size > quickCheckLimitBytes) return
  const result: unknown = database.pragma('quick_check(1)', { simple: true })
  if (result !== 'ok') throw corrupt(path, 'is damaged')
}

/** A file that is not, or no longer, a sound log. It is never repaired or made anew: what is left of it is evidence. */
export function corrupt(path: string, problem: string, cause?: unknown): StoreFault {
  return new StoreFault(
    {
      code: 'store-damaged',
      message: `The audit log ${path} ${problem}.`,
      suggestion:
        'The file was left as it is. kt events recover says what is left of it; restore a backup, or start a new log with kt events recover --start-new.',
    },
    cause,
  )
}

/** Nothing is written, not even a pragma, before the file has shown that it is ours. */
function openOurs(
  path: string,
  options: Database.Options,
  prepare: (database: Database.Database) => void,
): Database.Database {
  let database: Database.Database | undefined
  try {
    database = openSqlite(path, { ...options, timeout: busyTimeoutMs })
    harden(database)
    requireOurs(database, path)
    prepare(database)
    return database
  } catch (error) {
    database?.close()
    if (isDamage(error)) throw corrupt(path, 'is damaged, or not a database', error)
    throw error
  }
}

/** Whether SQLite says that the file itself is not sound. */
export function isDamage(error: unknown): boolean {
  return /^SQLITE_(?:CORRUPT|NOTADB)/.test(errorCode(error) ?? '')
}

function harden(database: Database.Database): void {
  database.pragma('trusted_schema = OFF')
  database.pragma('cell_size_check = ON')
  database.pragma('mmap_size = 0')
}

function requirePragma(
  database: Database.Database,
  name: string,
  { set, expect }: { readonly set: string; readonly expect: string | number },
): void {
  database.pragma(`${name} = ${set}`)
  const found: unknown = database.pragma(name, { simple: true })
  if (found === expect) return
  throw new StoreFault({
    code: 'store-not-durable',
    message: `SQLite did not accept ${name} = ${set} for ${database.name} (it says ${String(found)}).`,
    suggestion: 'Put the data folder on a local disk that this user can write to.',
  })
}

function requireOurs(database: Database.Database, path: string): void {
  if (database.pragma('application_id', { simple: true }) !== applicationId) {
    throw corrupt(path, 'is a database, but not an audit log')
  }
  const version: unknown = database.pragma('user_version', { simple: true })
  // A writer brings format 1 to format 2; what readers look at is the same in both.
  if (version === schemaVersion || version === 1) return
  throw new StoreFault({
    code: 'store-too-new',
    message: `The audit log ${path} has format ${String(version)}; this version reads format ${schemaVersion}.`,
    suggestion: 'Use the version of Keeptrusts that wrote it, or a newer one.',
  })
}
