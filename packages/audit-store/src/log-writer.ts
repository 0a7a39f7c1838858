import { randomBytes } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import type Database from 'better-sqlite3'
import type { AnchorOptions } from './anchors/anchor-places.ts'
import { anchorPlaces } from './anchors/anchor-places.ts'
import type { KeptCheckpoint } from './anchors/anchor-status.ts'
import type { AnchoredFile } from './anchors/check-anchored.ts'
import { checkAnchored } from './anchors/check-anchored.ts'
import type { AppendStatements } from './append-entries.ts'
import { appendEntries, prepareAppend } from './append-entries.ts'
import { keepTip } from './keep-tip.ts'
import { corrupt, createLogDatabase, openForWriting, quickCheck } from './log-database.ts'
import type { EntryReceipt, LogEntry } from './log-entry.ts'
import { logEvent } from './log-events.ts'
import { checkHead } from './log-head.ts'
import { loadKeys, readIdentity } from './log-identity.ts'
import type { LogKeyFiles, LogKeyName, LogKeys } from './log-keys.ts'
import { createLogKeys, logKeyFiles, promptKeyId } from './log-keys.ts'
import { isFormat1, migrateFormat1 } from './migrate-format-1.ts'
import type { NoteSigner } from './notes/signed-note.ts'
import { keyId, originOf, verifierKey } from './notes/verifier-key.ts'
import type { OpenedLog } from './opened-log.ts'
import { findOrphans } from './orphaned-requests.ts'
import { ensurePrivateFolder, refuseOpenToOthers } from './private-files.ts'
import { clockJumpEntry } from './retention/clock-jump-entry.ts'
import { startGap } from './retention/start-gap.ts'
import { StoreFault } from './store-fault.ts'
import type { StorePaths } from './store-paths.ts'
import { storePaths } from './store-paths.ts'
import { refuseFullVolume, refuseNetworkVolume } from './volume.ts'
import { WriterLease } from './writer-lease.ts'

export interface LogWriterOptions {
  /** Folder of the log; made when missing. */
  readonly dir: string
  /** Folder of its keys. */
  readonly keysDir: string
  /** Keys that are kept elsewhere (`KEEPTRUSTS_*_KEY_FILE`). */
  readonly keyFiles?: Partial<LogKeyFiles>
  /** Keys that are gone for good: new ones are drafted, for `rotateKey` to put in force. */
  readonly lost?: readonly LogKeyName[]
  /** Leaves out the check of every page, for one short piece of work on a log that is opened often. */
  readonly brief?: boolean
  /** Files of anchors that the log is compared with before anything is appended, made from its id. Default none. */
  readonly anchors?: AnchorOptions
  /** How to open the file for writing; replaced to inject faults. */
  readonly openDatabase?: (path: string) => Database.Database
  /** Milliseconds since the epoch, for what the writer itself records. Default `Date.now`. */
  readonly now?: () => number
  /** When it is opened, for the first event of a new log. Default what `now` says. */
  readonly openedAt?: number
}

/** A transaction on the log that has been begun. */
export interface LogTransaction {
  readonly database: Database.Database
  append(entries: readonly LogEntry[]): readonly EntryReceipt[]
  /** Keeps the note of the newest event as a checkpoint, for ever. Returns its size, or `null` when it is kept already. */
  keepTip(): number | null
}

/** The synchronous writer of a log: lease, file, keys and tree. Lives in a worker thread. */
export class LogWriter {
  readonly keyFiles: LogKeyFiles
  readonly now: () => number
  readonly log: string
  readonly created: boolean
  readonly #paths: StorePaths
  readonly #lease: WriterLease
  readonly #options: LogWriterOptions
  readonly #identity: string
  #keys: LogKeys
  #signer: NoteSigner
  #database: Database.Database
  #statements: AppendStatements
  readonly #anchored: readonly AnchoredFile[]
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
    this.#options = options
    this.keyFiles = logKeyFiles(options.keysDir, options.keyFiles)
    this.now = options.now ?? Date.now
    this.created = !existsSync(paths.database)
    if (this.created) createLog(paths, { keysDir: options.keysDir, files: this.keyFiles })
    refuseOpenToOthers(paths.database, '600')
    this.#database = (options.openDatabase ?? openForWriting)(paths.database)
    try {
      if (options.brief !== true) quickCheck(this.#database, paths.database)
      if (isFormat1(this.#database)) this.#migrate()
      const identity = readIdentity(this.#database)
      this.log = identity.log
      this.#keys = loadKeys(identity, this.keyFiles, options.lost)
      this.#signer = signerOf(this.log, this.#keys)
      this.#acknowledged = checkHead(this.#database, paths.database)
      this.#anchored = this.#checkAnchored()
      this.#statements = prepareAppend(this.#database)
      this.#identity = identityOf(paths.database)
      // Also of a log whose first start was cut off before it.
      if (this.#acknowledged === 0) this.#begin()
      else this.#noteGap()
    } catch (error) {
      this.#database.close()
      throw error
    }
  }

  /** What a gateway has to know about the log. */
  get opened(): Omit<OpenedLog, 'payloadKey'> {
    return {
      log: this.log,
      created: this.created,
      size: this.#acknowledged,
      publicKey: this.publicKey,
      promptKey: this.promptKey,
      orphans: findOrphans(this.#database),
      checkpoint: this.keptCheckpoint,
      anchored: this.#anchored,
    }
  }

  /** The verifier key of the next checkpoint. */
  get publicKey(): string {
    return verifierKey(this.log, this.#keys.publicKey)
  }

  /** The prompt key in force, 32 bytes. */
  get promptKey(): Uint8Array {
    return this.#keys.prompt
  }

  /** Id of the prompt key in force. */
  get promptKeyId(): string {
    return promptKeyId(this.#keys.prompt)
  }

  /** Events known to be durable. */
  get acknowledged(): number {
    return this.#acknowledged
  }

  /** The newest checkpoint that is kept. */
  get keptCheckpoint(): KeptCheckpoint | null {
    return (this.#statements.newestCheckpoint.get() as KeptCheckpoint | undefined) ?? null
  }

  /** The connection, for reading. */
  get database(): Database.Database {
    return this.#database
  }

  /** Appends in one transaction; when this returns the entries are on disk. When it throws, whether they are is not known: call `reopen`. */
  append(entries: readonly LogEntry[]): readonly EntryReceipt[] {
    return this.transact((transaction) => transaction.append(entries))
  }

  /** Keeps the note of the newest event as a checkpoint. Returns its size, or `null` when there is nothing new. */
  checkpoint(): number | null {
    return this.transact((transaction) => transaction.keepTip())
  }

  /** Runs one durable transaction. When it throws, whether it is on disk is not known: call `reopen`. */
  transact<Result>(work: (transaction: LogTransaction) => Result): Result {
    let size = this.#acknowledged
    const database = this.#database
    const connection = { statements: this.#statements, signer: this.#signer }
    const append = (entries: readonly LogEntry[]): readonly EntryReceipt[] => {
      const appended = appendEntries(database, connection, entries)
      size = appended.size
      return appended.receipts
    }
    const result = database
      .transaction(() => work({ database, append, keepTip: () => keepTip(database, connection) }))
      .immediate()
    // What went into a file that nobody can find any more is not recorded.
    this.refuseMoved()
    this.#acknowledged = size
    return result
  }

  /** Reads the keys again, after a rotation was committed. */
  reloadKeys(): void {
    this.#keys = loadKeys(readIdentity(this.#database), this.keyFiles)
    this.#signer = signerOf(this.log, this.#keys)
  }

  /**
   * Drops the handle after a failed append and asks the disk what is there. Returns the number of events found.
   * Throws `StoreFault` when the file is gone, damaged or lost acknowledged events, anything else when it is worth another try.
   */
  reopen(): number {
    this.#database.close()
    refuseFullVolume(this.#paths.dir)
    this.refuseMoved()
    this.#database = (this.#options.openDatabase ?? openForWriting)(this.#paths.database)
    const found = checkHead(this.#database, this.#paths.database)
    if (found < this.#acknowledged) {
      throw corrupt(
        this.#paths.database,
        `holds ${found} events, but ${this.#acknowledged} were acknowledged`,
      )
    }
    this.reloadKeys()
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

  #begin(): void {
    const at = this.#options.openedAt ?? this.now()
    const fields = { vkey: this.publicKey, prompt_key: this.promptKeyId, format: 2, adopted: 0 }
    this.append([logEvent('audit.genesis', fields, { log: this.log, at })])
  }

  /** Before anything else is appended, whoever opens the log: the next event would hide a pause. */
  #noteGap(): void {
    const gap = startGap(this.#database, this.#options.openedAt ?? this.now())
    if (gap) this.append([clockJumpEntry(this.log, { ...gap, found: 'start' })])
  }

  #checkAnchored(): readonly AnchoredFile[] {
    const { anchors } = this.#options
    if (anchors === undefined) return []
    const files = anchorPlaces(anchors, this.log).flatMap(({ path }) => path ?? [])
    return checkAnchored(this.#database, { log: this.log, size: this.#acknowledged }, files)
  }

  #migrate(): void {
    migrateFormat1(this.#database, { files: this.keyFiles, now: this.now() })
  }
}

/** Who signs the checkpoints of a log. */
export function signerOf(log: string, keys: Pick<LogKeys, 'signing' | 'publicKey'>): NoteSigner {
  const name = originOf(log)
  return { name, id: keyId(name, keys.publicKey), key: keys.signing }
}

function createLog(
  paths: StorePaths,
  { keysDir, files }: { readonly keysDir: string; readonly files: LogKeyFiles },
): void {
  ensurePrivateFolder(keysDir)
  const keys = createLogKeys(files)
  const log = randomBytes(16).toString('hex')
  createLogDatabase(paths, {
    log,
    vkey: verifierKey(log, keys.publicKey),
    promptKey: promptKeyId(keys.prompt),
  })
}

function identityOf(path: string): string {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false })
  return found ? `${found.dev}:${found.ino}` : 'none'
}
