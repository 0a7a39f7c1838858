import { randomBytes } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import type Database from 'better-sqlite3'
import type { AppendStatements } from './append-entries.ts'
import { appendEntries, prepareAppend } from './append-entries.ts'
import { corrupt, createLogDatabase, openForWriting, quickCheck } from './log-database.ts'
import { checkHead } from './log-head.ts'
import type { LogKeys } from './log-keys.ts'
import {
  createLogKeys,
  logKeyFiles,
  promptKeyId,
  readLogKeys,
  verifierKey,
  wrongKey,
} from './log-keys.ts'
import { findOrphans } from './orphaned-requests.ts'
import { ensurePrivateFolder, refuseOpenToOthers } from './private-files.ts'
import { StoreFault } from './store-fault.ts'
import type { StorePaths } from './store-paths.ts'
import { storePaths } from './store-paths.ts'
import { refuseFullVolume, refuseNetworkVolume } from './volume.ts'
import type { EntryReceipt, LogEntry, OpenedLog } from './worker-protocol.ts'
import { WriterLease } from './writer-lease.ts'

export interface LogWriterOptions {
  /** Folder of the log; made when missing. */
  readonly dir: string
  /** Folder of its keys. */
  readonly keysDir: string
  /** How to open the file for writing; replaced to inject faults. */
  readonly openDatabase?: (path: string) => Database.Database
}

/** The synchronous writer of a log: lease, file, keys and tree. Lives in a worker thread. */
export class LogWriter {
  readonly opened: OpenedLog
  readonly #paths: StorePaths
  readonly #lease: WriterLease
  readonly #open: (path: string) => Database.Database
  readonly #identity: string
  #database: Database.Database
  #statements: AppendStatements
  /** Events that are known to be durable. */
  #acknowledged: number

  /** Opens the log, or makes it together with its keys. Throws `StoreFault` when it must not be used as it is. */
  static open(options: LogWriterOptions): LogWriter {
    const paths = storePaths(options.dir)
    ensurePrivateFolder(paths.dir)
    refuseNetworkVolume(paths.dir)
    refuseFullVolume(paths.dir)
    const lease = WriterLease.take(paths)
    try {
      return new LogWriter(options, paths, lease)
    } catch (error) {
      lease.release()
      throw error
    }
  }

  private constructor(options: LogWriterOptions, paths: StorePaths, lease: WriterLease) {
    this.#paths = paths
    this.#lease = lease
    this.#open = options.openDatabase ?? openForWriting
    const created = !existsSync(paths.database)
    const keys = created ? createLog(paths, options.keysDir) : readLogKeys(options.keysDir)
    refuseOpenToOthers(paths.database, '600')
    this.#database = this.#open(paths.database)
    try {
      quickCheck(this.#database, paths.database)
      const log = checkMeta(this.#database, keys, options.keysDir)
      this.#acknowledged = checkHead(this.#database, paths.database)
      this.#statements = prepareAppend(this.#database)
      this.opened = {
        log,
        created,
        size: this.#acknowledged,
        publicKey: verifierKey(log, keys.publicKey),
        promptKey: keys.prompt,
        orphans: findOrphans(this.#database),
      }
    } catch (error) {
      this.#database.close()
      throw error
    }
    this.#identity = identityOf(paths.database)
  }

  /** Events known to be durable. */
  get acknowledged(): number {
    return this.#acknowledged
  }

  /** Appends in one transaction; when this returns the entries are on disk. When it throws, whether they are is not known: call `reopen`. */
  append(entries: readonly LogEntry[]): readonly EntryReceipt[] {
    const { receipts, size } = appendEntries(this.#database, this.#statements, entries)
    // What went into a file that nobody can find any more is not recorded.
    this.refuseMoved()
    this.#acknowledged = size
    return receipts
  }

  /**
   * Drops the handle after a failed append and asks the disk what is there. Returns the number of events found.
   * Throws `StoreFault` when the file is gone, damaged or lost acknowledged events, anything else when it is worth another try.
   */
  reopen(): number {
    this.#database.close()
    refuseFullVolume(this.#paths.dir)
    this.refuseMoved()
    this.#database = this.#open(this.#paths.database)
    const found = checkHead(this.#database, this.#paths.database)
    if (found < this.#acknowledged) {
      throw corrupt(
        this.#paths.database,
        `holds ${found} events, but ${this.#acknowledged} were acknowledged`,
      )
    }
    this.#statements = prepareAppend(this.#database)
    return found
  }

  /** Throws `StoreFault` when the path no longer leads to the file that is being written: SQLite would not notice. */
  refuseMoved(): void {
    if (identityOf(this.#paths.database) === this.#identity) return
    throw new StoreFault({
      code: 'store-moved',
      message: `The audit log ${this.#paths.database} was moved or replaced while it was being written.`,
      suggestion: 'Put the file back and start the gateway again.',
    })
  }

  /** Moves the write-ahead log into the database and gives the lease back. */
  close(): void {
    try {
      if (this.#database.open) this.#database.pragma('wal_checkpoint(TRUNCATE)')
    } finally {
      this.#database.close()
      this.#lease.release()
    }
  }
}

function createLog(paths: StorePaths, keysDir: string): LogKeys {
  const keys = createLogKeys(keysDir)
  const log = randomBytes(16).toString('hex')
  createLogDatabase(paths, {
    log,
    created: new Date().toISOString(),
    signing_key: verifierKey(log, keys.publicKey),
    prompt_key: promptKeyId(keys.prompt),
  })
  return keys
}

function checkMeta(database: Database.Database, keys: LogKeys, keysDir: string): string {
  const rows = database.prepare('SELECT key, value FROM meta').all() as {
    readonly key: string
    readonly value: string
  }[]
  const meta = new Map(rows.map(({ key, value }) => [key, value]))
  const log = meta.get('log')
  if (log === undefined) throw corrupt(database.name, 'has lost its id')
  const files = logKeyFiles(keysDir)
  if (meta.get('signing_key') !== verifierKey(log, keys.publicKey)) {
    throw wrongKey(files.signing, 'is not the key of this audit log')
  }
  if (meta.get('prompt_key') !== promptKeyId(keys.prompt)) {
    throw wrongKey(files.prompt, 'is not the key of this audit log')
  }
  return log
}

function identityOf(path: string): string {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false })
  return found ? `${found.dev}:${found.ino}` : 'none'
}
