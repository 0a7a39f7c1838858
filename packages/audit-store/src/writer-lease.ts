import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { openSqlite } from './open-sqlite.ts'
import { ensurePrivateFile } from './private-files.ts'
import { StoreFault } from './store-fault.ts'
import type { StorePaths } from './store-paths.ts'
import { errorCode } from './system-fault.ts'

/**
 * The right to write a log: an exclusive SQLite lock on an empty side file. The kernel gives it back when the process ends,
 * however it ends, and readers of the log never meet it.
 */
export class WriterLease {
  readonly #lock: Database.Database
  readonly #pidFile: string

  private constructor(lock: Database.Database, pidFile: string) {
    this.#lock = lock
    this.#pidFile = pidFile
  }

  /** Takes the lease without waiting. Throws `StoreFault` `data-dir-in-use`, which names the process that has it. */
  static take(paths: StorePaths): WriterLease {
    ensurePrivateFile(paths.lease)
    const lock = openSqlite(paths.lease, { timeout: 0 })
    try {
      lock.exec('BEGIN EXCLUSIVE')
    } catch (error) {
      lock.close()
      throw errorCode(error)?.startsWith('SQLITE_BUSY') ? inUse(paths) : error
    }
    writeFileSync(paths.pid, `${process.pid}\n`, { mode: 0o600 })
    return new WriterLease(lock, paths.pid)
  }

  /** Lets the next writer in. */
  release(): void {
    rmSync(this.#pidFile, { force: true })
    this.#lock.close()
  }
}

function inUse(paths: StorePaths): StoreFault {
  const pid = readPid(paths.pid)
  return new StoreFault({
    code: 'data-dir-in-use',
    message: `The audit log ${paths.database} is in use by ${pid === null ? 'another process' : `process ${pid}`}.`,
    suggestion:
      'Stop that gateway first. A second gateway needs a data folder of its own: --data-dir, or KEEPTRUSTS_DATA_DIR.',
  })
}

function readPid(path: string): string | null {
  try {
    return /^\d+$/.exec(readFileSync(path, 'utf8').trim())?.[0] ?? null
  } catch {
    return null
  }
}
