import { existsSync, linkSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { usualAnchorFile } from '../anchors/anchor-places.ts'
import { openForWriting } from '../log-database.ts'
import type { LogActor } from '../log-events.ts'
import { logEvent } from '../log-events.ts'
import type { LogKeyFiles } from '../log-keys.ts'
import { logKeyFiles } from '../log-keys.ts'
import { LogWriter } from '../log-writer.ts'
import { ensurePrivateFolder, syncFolder } from '../private-files.ts'
import { StoreRefusedError, toStoreError } from '../store-errors.ts'
import { StoreFault } from '../store-fault.ts'
import type { StorePaths } from '../store-paths.ts'
import { storePaths } from '../store-paths.ts'
import { systemFault } from '../system-fault.ts'
import { verifyLog } from '../verify/verify-log.ts'
import { WriterLease } from '../writer-lease.ts'
import type { CopiedLog } from './copy-log.ts'
import { copyLog } from './copy-log.ts'
import { placeKeys, readKeyBundle } from './key-bundle.ts'
import type { Loss } from './present-log.ts'
import { judgeLoss } from './present-log.ts'

interface RestoreOptions {
  /** The backup. */
  readonly file: string
  /** Folder of the log; made when missing. */
  readonly dir: string
  /** Folder of its keys. */
  readonly keysDir: string
  readonly keyFiles?: Partial<LogKeyFiles>
  /** Keys that `backUpKeys` wrote, to be put into their places. */
  readonly keys?: string
  /** Folder of the usual file of anchors, which tells what the log has had. */
  readonly anchorsDir: string
  /** More files of anchors. */
  readonly anchors: readonly string[]
  /** Goes on although events are lost, or another log is replaced. */
  readonly force: boolean
  readonly actor: LogActor
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** What a restore did. */
export interface Restored extends Loss {
  readonly log: string
  /** Events of the backup; the restore is recorded as the next one. */
  readonly fromSize: number
  /** Where the log that was in the place is now; `null` when there was none. */
  readonly aside: string | null
  /** Keys that were moved aside. */
  readonly keysAside: readonly string[]
}

/**
 * Puts a backup in the place of a log and records that as the next event, `audit.restored`, before anything is in its place. The log
 * that was there is moved aside, never deleted. Throws `StoreInUseError` while a gateway writes it, `StoreRefusedError` `backup-damaged`,
 * `restore-loses-events` without `force`, and for keys that do not fit; then nothing was changed.
 */
export function restoreLog(options: RestoreOptions): Restored {
  try {
    const paths = storePaths(options.dir)
    ensurePrivateFolder(paths.dir)
    const lease = WriterLease.take(paths)
    try {
      return restore(options, paths)
    } finally {
      lease.release()
    }
  } catch (error) {
    throw error instanceof StoreRefusedError ? error : toStoreError(systemFault(error))
  }
}

function restore(options: RestoreOptions, paths: StorePaths): Restored {
  const staged = storePaths(join(paths.dir, 'restoring'))
  rmSync(staged.dir, { recursive: true, force: true })
  ensurePrivateFolder(staged.dir)
  try {
    const copied = copyVerified(options.file, staged)
    const usual = usualAnchorFile(options.anchorsDir, copied.log)
    const anchors = [...options.anchors, ...(existsSync(usual) ? [usual] : [])]
    const loss = judgeLoss({ present: paths.database, copy: staged.database, copied, anchors })
    if (!options.force) refuseLoss(loss)
    const stamp = new Date(options.now).toISOString().replace(/[-:]|\.\d+/g, '')
    const keysAside = takeKeys(options, { log: copied.log, stamp })
    record(options, { staged, copied, loss })
    const aside = existsSync(paths.database) ? moveAside(paths, stamp) : null
    renameSync(staged.database, paths.database)
    syncFolder(paths.dir)
    return { ...loss, log: copied.log, fromSize: copied.size, aside, keysAside }
  } finally {
    rmSync(staged.dir, { recursive: true, force: true })
  }
}

function copyVerified(file: string, staged: StorePaths): CopiedLog {
  const copied = copyLog(file, staged.database)
  const { integrity } = verifyLog({ dir: staged.dir })
  if (integrity.verdict === 'intact') return copied
  throw new StoreFault({
    code: 'backup-damaged',
    message: `The backup ${file} was changed: ${integrity.findings[0]?.message ?? 'it does not verify'}`,
    suggestion: 'Restore an older backup. The log that is in place was left as it is.',
  })
}

function refuseLoss({ lost, replacedLog, previousSize }: Loss): void {
  if (lost === 0 && replacedLog === null) return
  const what =
    replacedLog !== null
      ? `would replace another log, ${replacedLog}`
      : lost === null
        ? 'would replace a log that cannot be read, or that went another way'
        : `would lose ${lost} of ${previousSize} events`
  throw new StoreFault({
    code: 'restore-loses-events',
    message: `This restore ${what}.`,
    suggestion:
      'Add --force when that is what you want: the log that is in place is kept beside it, and the restore is recorded with what was lost.',
  })
}

function takeKeys(
  { keys, keysDir, keyFiles }: RestoreOptions,
  { log, stamp }: { readonly log: string; readonly stamp: string },
): readonly string[] {
  if (keys === undefined) return []
  const bundle = readKeyBundle(keys)
  if (bundle.log === log) return placeKeys(bundle, { files: logKeyFiles(keysDir, keyFiles), stamp })
  throw new StoreFault({
    code: 'key-wrong',
    message: `The keys in ${keys} are those of another log, ${bundle.log}.`,
    suggestion: `Name the keys that were kept with the backup of log ${log}.`,
  })
}

interface Recorded {
  readonly staged: StorePaths
  readonly copied: CopiedLog
  readonly loss: Loss
}

/** Before the swap: a log that is in place always says that it was restored. */
function record(
  { keysDir, keyFiles, actor, now }: RestoreOptions,
  { staged, copied, loss }: Recorded,
): void {
  const keys = keyFiles === undefined ? {} : { keyFiles }
  const writer = LogWriter.open({ dir: staged.dir, keysDir, ...keys, now: () => now })
  try {
    const fields = {
      from_size: copied.size,
      previous_size: loss.previousSize,
      lost: loss.lost,
      replaced_log: loss.replacedLog,
      actor: { ...actor },
    }
    writer.append([logEvent('audit.restored', fields, { log: writer.log, at: now })])
    writer.checkpoint()
  } finally {
    writer.close()
  }
}

/** The name is never without a log: a start that found none would make a new one. */
function moveAside(paths: StorePaths, stamp: string): string {
  const aside = storePaths(join(paths.dir, `replaced-${stamp}`))
  ensurePrivateFolder(aside.dir)
  foldIn(paths.database)
  linkSync(paths.database, aside.database)
  for (const suffix of ['-wal', '-shm']) {
    if (existsSync(paths.database + suffix))
      renameSync(paths.database + suffix, aside.database + suffix)
  }
  syncFolder(aside.dir)
  return aside.dir
}

/** Moves the write-ahead log into the database. A damaged one is kept with its write-ahead log beside it. */
function foldIn(path: string): void {
  try {
    const database = openForWriting(path)
    database.pragma('wal_checkpoint(TRUNCATE)')
    database.close()
  } catch {
    // It goes aside as it is.
  }
}
