import { closeSync, fsyncSync, openSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { openForReading } from '../log-database.ts'
import { checkHead } from '../log-head.ts'
import { parseCheckpoint } from '../notes/checkpoint.ts'
import { parseNote } from '../notes/signed-note.ts'
import { createPrivateFile, syncFolder } from '../private-files.ts'
import { StoreFault } from '../store-fault.ts'
import { volumeSpace } from '../volume.ts'

/** What a copy of a log holds. */
export interface CopiedLog {
  /** Log id, 32 hex digits. */
  readonly log: string
  /** Events, pruned ones included. */
  readonly size: number
  /** Root of the tree of all events, base64. */
  readonly root: string
  /** The checkpoint that covers them all. */
  readonly note: string
  /** Bytes of the file. */
  readonly bytes: number
}

/**
 * Copies the database of a log as it is at one moment, also while a gateway writes it, into a file that is not there yet; compares the
 * copy with its head and makes it durable. What was removed from the log is not in the copy. Throws `StoreFault` and what SQLite and the
 * file system throw, and leaves no file behind then.
 */
export function copyLog(from: string, to: string): CopiedLog {
  return copied(from, to, describe)
}

/**
 * The same without comparing: a log that was changed is copied as it is, since the copy is what shows that to whoever verifies it
 * elsewhere. Returns the size of the file in bytes.
 */
export function copyLogAsItIs(from: string, to: string): number {
  return copied(from, to, (path) => statSync(path).size)
}

function copied<T>(from: string, to: string, look: (path: string) => T): T {
  refuseTooLarge(from, to)
  createPrivateFile(to, '')
  try {
    const source = openForReading(from)
    try {
      source.prepare('VACUUM INTO ?').run(to)
    } finally {
      source.close()
    }
    const found = look(to)
    syncFile(to)
    syncFolder(dirname(to))
    return found
  } catch (error) {
    rmSync(to, { force: true })
    throw error
  }
}

function describe(path: string): CopiedLog {
  const database = openForReading(path)
  try {
    const size = checkHead(database, path)
    const log = database.prepare("SELECT value FROM meta WHERE key = 'log'").pluck().get() as string
    const note = database.prepare('SELECT tip_note FROM head').pluck().get() as string | null
    const root = parseCheckpoint(parseNote(note ?? '')?.text ?? '')?.root
    if (note === null || root === undefined) throw unsigned(path)
    return { log, size, root: root.toString('base64'), note, bytes: statSync(path).size }
  } finally {
    database.close()
  }
}

/** A copy beside the log must not fill the disk that the log needs. */
function refuseTooLarge(from: string, to: string): void {
  const { free, floor } = volumeSpace(dirname(to))
  const needed = statSync(from).size + floor
  if (free >= needed) return
  const mebibytes = (bytes: number): string => `${Math.ceil(bytes / 1024 / 1024)} MiB`
  throw new StoreFault({
    code: 'disk-full',
    message: `The disk of ${to} has ${mebibytes(free)} free; a copy of the log needs ${mebibytes(needed)}.`,
    suggestion: 'Free space there, or write the copy to another disk.',
  })
}

function unsigned(path: string): StoreFault {
  return new StoreFault({
    code: 'store-unsigned',
    message: `The audit log ${path} has no signed checkpoint yet.`,
    suggestion: 'Start the gateway once: it brings the log to the format with signatures.',
  })
}

function syncFile(path: string): void {
  const handle = openSync(path, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
