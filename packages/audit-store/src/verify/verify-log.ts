import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { isDamage, openForReading } from '../log-database.ts'
import { readSignedLogId } from '../signed-log.ts'
import { StoreMissingError, toStoreError } from '../store-errors.ts'
import { storePaths } from '../store-paths.ts'
import { systemFault } from '../system-fault.ts'
import { refuseDangerousVolume } from '../volume.ts'
import type { Examined, Setting } from './examine.ts'
import { examine, nothingSeen } from './examine.ts'
import type { PinSources } from './pinned-key.ts'
import { readPinnedKey } from './pinned-key.ts'
import { anchorFile } from './read-anchors.ts'
import type { VerifyReport } from './report.ts'
import { Findings } from './report.ts'
import { makeReport } from './verdict.ts'
import { isWriterRunning } from './writer-running.ts'

/** What to verify, and against what. */
export interface VerifyOptions extends PinSources {
  /** Folder of the log. */
  readonly dir: string
  /** Files of anchors. */
  readonly anchors?: readonly string[]
  /** Folder whose `<log id>.jsonl` is taken when no files are given, if it is there. */
  readonly anchorsDir?: string
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
  const database = open(paths.database, options.dir)
  try {
    const log = readSignedLogId(database)
    const pin = readPinnedKey(options, log)
    // Before the first look at the log: an anchor that is written in between must not look like one of events that are gone.
    const files = anchorPaths(options, log).map(anchorFile)
    const fromLast = options.fromLast ?? false
    const [integrity, completeness] = [new Findings(), new Findings()]
    const setting = { files, pin, fromLast, integrity, completeness }
    database.exec('BEGIN')
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

function anchorPaths({ anchors, anchorsDir }: VerifyOptions, log: string): readonly string[] {
  if (anchors && anchors.length > 0) return anchors
  const path = anchorsDir === undefined ? null : join(anchorsDir, `${log}.jsonl`)
  return path !== null && existsSync(path) ? [path] : []
}

function open(path: string, dir: string): Database.Database {
  try {
    refuseDangerousVolume(dir)
    return openForReading(path)
  } catch (error) {
    throw toStoreError(systemFault(error))
  }
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
