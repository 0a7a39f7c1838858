import { existsSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { corrupt, isDamage, openForReading } from '../log-database.ts'
import { schemaVersion } from '../schema.ts'
import { StoreMissingError, toStoreError } from '../store-errors.ts'
import { StoreFault } from '../store-fault.ts'
import { storePaths } from '../store-paths.ts'
import { systemFault } from '../system-fault.ts'
import { refuseDangerousVolume } from '../volume.ts'
import type { PinnedKey } from './check-keys.ts'
import type { Examined, Setting } from './examine.ts'
import { examine, nothingSeen } from './examine.ts'
import { anchorFile } from './read-anchors.ts'
import type { VerifyReport } from './report.ts'
import { Findings } from './report.ts'
import { makeReport } from './verdict.ts'
import { isWriterRunning } from './writer-running.ts'

/** What to verify, and against what. */
export interface VerifyOptions {
  /** Folder of the log. */
  readonly dir: string
  /** Files of anchors. */
  readonly anchors?: readonly string[]
  /** A key from outside of the log; without one the log is only held against itself. */
  readonly pin?: PinnedKey | null
  /** Reads only the events since the last stored checkpoint, and the block it lies in. */
  readonly fromLast?: boolean
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly now?: () => number
}

/**
 * Checks a log without changing it, also while a gateway writes it: what is seen is the state of one moment.
 * Throws `StoreMissingError` when there is none, `StoreRefusedError` when it cannot be read at all, and what the file system says of
 * the files of anchors: then nothing was found out.
 */
export function verifyLog(options: VerifyOptions): VerifyReport {
  const started = performance.now()
  const paths = storePaths(options.dir)
  if (!existsSync(paths.database)) throw new StoreMissingError(paths.database)
  // Before the database: an anchor that is written in between must not look like one of events that are gone.
  const files = (options.anchors ?? []).map(anchorFile)
  const database = open(paths.database, options.dir)
  try {
    database.exec('BEGIN')
    const log = readLogId(database)
    const fromLast = options.fromLast ?? false
    const [integrity, completeness] = [new Findings(), new Findings()]
    const setting = { files, pin: options.pin ?? null, fromLast, integrity, completeness }
    return makeReport(examineReadable(database, log, setting), {
      ...setting,
      log,
      isRunning: isWriterRunning(paths),
      now: (options.now ?? Date.now)(),
      seconds: (performance.now() - started) / 1000,
    })
  } catch (error) {
    throw toStoreError(systemFault(error))
  } finally {
    database.close()
  }
}

function open(path: string, dir: string): Database.Database {
  try {
    refuseDangerousVolume(dir)
    return openForReading(path)
  } catch (error) {
    throw toStoreError(systemFault(error))
  }
}

/** Which log the file says it is. Throws `StoreFault` when it has no signatures yet, or has lost its id. */
function readLogId(database: Database.Database): string {
  if (database.pragma('user_version', { simple: true }) !== schemaVersion) {
    throw new StoreFault({
      code: 'store-unsigned',
      message: `The audit log ${database.name} has a format without signatures, which cannot be verified.`,
      suggestion: 'Start the gateway once: it brings the log to the format with signatures.',
    })
  }
  const log: unknown = database.prepare("SELECT value FROM meta WHERE key = 'log'").pluck().get()
  if (typeof log !== 'string') throw corrupt(database.name, 'has lost its id')
  return log
}

/** A page that SQLite cannot read ends the examination; that, and what was found until then, is the result. */
function examineReadable(database: Database.Database, log: string, setting: Setting): Examined {
  try {
    return examine(database, log, setting)
  } catch (error) {
    if (!isDamage(error)) throw error
    setting.integrity.add({
      code: 'database-damaged',
      message: 'SQLite cannot read a part of the file.',
    })
    return nothingSeen(setting.pin)
  }
}
