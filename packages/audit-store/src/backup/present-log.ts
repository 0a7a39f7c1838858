import { existsSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { openForReading } from '../log-database.ts'
import { parseHead, selectHead } from '../log-head.ts'
import { originOf } from '../notes/verifier-key.ts'
import { anchorFile, readAnchors } from '../verify/read-anchors.ts'
import type { CopiedLog } from './copy-log.ts'

/** What going on with a copy gives up. */
export interface Loss {
  /** Id of the log that is in the place, when it is another one. */
  readonly replacedLog: string | null
  /** Events that the log is known to have had; `null` when nothing says. */
  readonly previousSize: number | null
  /** How many of them are not in the copy; `null` when nobody can know. */
  readonly lost: number | null
}

interface Compared {
  /** Database that is in the place; it need not exist. */
  readonly present: string
  /** Database of the copy. */
  readonly copy: string
  readonly copied: CopiedLog
  /** Files of anchors. */
  readonly anchors: readonly string[]
}

/** Compares a copy with the log that it is to replace and with anchors. Throws what the file system throws of anchors. */
export function judgeLoss({ present, copy, copied, anchors }: Compared): Loss {
  const anchored = largestAnchor(anchors, copied.log)
  if (!existsSync(present)) return lossOf(copied, anchored)
  const found = readPresent(present)
  if (found === null) return { replacedLog: null, previousSize: anchored, lost: null }
  if (found.log !== copied.log) {
    return { ...lossOf(copied, anchored), replacedLog: found.log }
  }
  const previousSize = Math.max(found.size, anchored ?? 0)
  if (found.size <= copied.size && !isStartOf(found, copy))
    return { replacedLog: null, previousSize, lost: null }
  return lossOf(copied, previousSize)
}

function lossOf({ size }: CopiedLog, previousSize: number | null): Loss {
  const lost = previousSize === null ? 0 : Math.max(0, previousSize - size)
  return { replacedLog: null, previousSize, lost }
}

interface PresentLog {
  readonly log: string
  readonly size: number
  /** Hash of its newest event. */
  readonly leaf: Buffer | undefined
}

/** `null` for a log that cannot be read. */
function readPresent(path: string): PresentLog | null {
  try {
    return reading(path, (database) => {
      const { size } = parseHead(database.prepare(selectHead).get(), path).frontier
      const log = database
        .prepare("SELECT value FROM meta WHERE key = 'log'")
        .pluck()
        .get() as string
      return { log, size, leaf: leafAt(database, size - 1) }
    })
  } catch {
    return null
  }
}

/** Whether the copy went on where the present log ends. */
function isStartOf({ size, leaf }: PresentLog, copy: string): boolean {
  if (leaf === undefined) return size === 0
  return reading(copy, (database) => leafAt(database, size - 1))?.equals(leaf) ?? false
}

function leafAt(database: Database.Database, seq: number): Buffer | undefined {
  return database.prepare('SELECT leaf FROM events WHERE seq = ?').pluck().get(seq) as
    | Buffer
    | undefined
}

function reading<Result>(path: string, read: (database: Database.Database) => Result): Result {
  const database = openForReading(path)
  try {
    return read(database)
  } finally {
    database.close()
  }
}

function largestAnchor(files: readonly string[], log: string): number | null {
  let largest: number | null = null
  for (const path of files)
    for (const anchor of readAnchors(anchorFile(path)))
      if (anchor?.origin === originOf(log)) largest = Math.max(largest ?? 0, anchor.size)
  return largest
}
