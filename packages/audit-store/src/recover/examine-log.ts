import { existsSync } from 'node:fs'
import type Database from 'better-sqlite3'
import type { LogIdentity } from '../log-database.ts'
import { openForReading, quickCheck } from '../log-database.ts'
import { checkHead } from '../log-head.ts'
import { readIdentity } from '../log-identity.ts'
import type { LogKeyFiles } from '../log-keys.ts'
import {
  logKeyFiles,
  nextKeyFile,
  promptKeyId,
  readSecret,
  readSigningKey,
  wrongKey,
} from '../log-keys.ts'
import { isFormat1 } from '../migrate-format-1.ts'
import { verifierKey } from '../notes/verifier-key.ts'
import { refuseOpenToOthers } from '../private-files.ts'
import { StoreMissingError, toStoreError } from '../store-errors.ts'
import type { StoreFaultDetails } from '../store-fault.ts'
import type { StorePaths } from '../store-paths.ts'
import { storePaths } from '../store-paths.ts'
import { systemFault } from '../system-fault.ts'
import { refuseFullVolume, refuseNetworkVolume } from '../volume.ts'
import { WriterLease } from '../writer-lease.ts'

/** A log and its keys. */
export interface LogPlace {
  /** Folder of the log. */
  readonly dir: string
  /** Folder of its keys. */
  readonly keysDir: string
  /** Keys that are kept elsewhere (`KEEPTRUSTS_*_KEY_FILE`). */
  readonly keyFiles?: Partial<LogKeyFiles>
}

/** What a look at a log showed. */
export interface Examination {
  readonly database: string
  /** Why a gateway would not start with it; `null` for a log that is as it should be. */
  readonly problem: StoreFaultDetails | null
  /** Log id, and events by its head, as far as they can be read. */
  readonly log: string | null
  readonly size: number | null
}

/**
 * Does what a gateway does before it starts with a log, and changes nothing. Throws `StoreMissingError` when there is none,
 * `StoreInUseError` while a gateway writes it.
 */
export function examineLog(place: LogPlace): Examination {
  return withLease(place.dir, (paths) => {
    const claims = readClaims(paths)
    const about = { database: paths.database, ...claims }
    try {
      refuseOpenToOthers(paths.dir, '700')
      refuseNetworkVolume(paths.dir)
      refuseFullVolume(paths.dir)
      refuseOpenToOthers(paths.database, '600')
      withDatabase(paths.database, (database) => check(database, paths, place))
      return { ...about, problem: null }
    } catch (error) {
      return { ...about, problem: systemFault(error) }
    }
  })
}

/** Does something with the files of a log that nobody writes meanwhile. Throws `StoreMissingError` and `StoreInUseError`. */
export function withLease<Result>(dir: string, work: (paths: StorePaths) => Result): Result {
  const paths = storePaths(dir)
  if (!existsSync(paths.database)) throw new StoreMissingError(paths.database)
  const lease = takeLease(paths)
  try {
    return work(paths)
  } finally {
    lease?.release()
  }
}

/** `null` where this user may not make files: then nothing will be moved either. */
function takeLease(paths: StorePaths): WriterLease | null {
  try {
    return WriterLease.take(paths)
  } catch (error) {
    const fault = systemFault(error)
    if (fault.code === 'permission-denied') return null
    throw toStoreError(fault)
  }
}

function check(database: Database.Database, paths: StorePaths, place: LogPlace): void {
  quickCheck(database, paths.database)
  // The next start brings it to this format, and checks it then.
  if (isFormat1(database)) return
  checkKeys(readIdentity(database), logKeyFiles(place.keysDir, place.keyFiles))
  checkHead(database, paths.database)
}

/** A rotation that was cut off leaves the new key beside the old one; either may be the one that counts. */
function checkKeys(identity: LogIdentity, files: LogKeyFiles): void {
  const signing = (path: string): boolean =>
    verifierKey(identity.log, readSigningKey(path).publicKey) === identity.vkey
  const prompt = (path: string): boolean => promptKeyId(readSecret(path)) === identity.promptKey
  for (const [path, fits] of [
    [files.signing, signing],
    [files.prompt, prompt],
  ] as const) {
    const next = nextKeyFile(path)
    if (existsSync(next) && fits(next)) continue
    if (!fits(path)) throw wrongKey(path, 'is not the key of this audit log')
  }
}

function readClaims({ database }: StorePaths): Pick<Examination, 'log' | 'size'> {
  return {
    log: attempt(database, "SELECT value FROM meta WHERE key = 'log'") as string | null,
    size: attempt(database, 'SELECT size FROM head') as number | null,
  }
}

function attempt(path: string, sql: string): unknown {
  try {
    return withDatabase(path, (database) => database.prepare(sql).pluck().get() ?? null)
  } catch {
    return null
  }
}

function withDatabase<Result>(path: string, use: (database: Database.Database) => Result): Result {
  const database = openForReading(path)
  try {
    return use(database)
  } finally {
    database.close()
  }
}
