import { existsSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { parseCheckpoint } from '../notes/checkpoint.ts'
import { parseNote } from '../notes/signed-note.ts'
import { originOf } from '../notes/verifier-key.ts'
import { StoreFault } from '../store-fault.ts'
import type { Anchor } from '../verify/read-anchors.ts'
import { anchorFile, parseAnchorLine, readLines } from '../verify/read-anchors.ts'
import type { Restore } from './restores.ts'
import { explainingRestore, readRestores } from './restores.ts'

/** What a file of anchors knows about a log. */
export interface AnchoredFile {
  readonly path: string
  /** Events that its newest anchor of the log covers; 0 without one. */
  readonly size: number
}

interface AnchoredLog {
  readonly log: string
  /** Events in it. */
  readonly size: number
}

/** As many of the newest anchors are compared: older ones are about a tree that the newer ones contain. */
const compared = 100

/**
 * Compares a log with the files of anchors that are there, before anything is appended. Throws `StoreFault` `store-rolled-back` when one
 * has seen more of the log, or another log of this id, unless a restore explains it. Files that cannot be read are left to
 * `kt events verify`.
 */
export function checkAnchored(
  database: Database.Database,
  log: AnchoredLog,
  files: readonly string[],
): readonly AnchoredFile[] {
  const there = files.filter((path) => existsSync(path))
  if (there.length === 0) return []
  const restores = readRestores(database)
  return there.map((path) => {
    const anchors = readTelling(path, log)
    const own = anchors.filter((anchor) => isOwn(database, anchor, { ...log, path, restores }))
    return { path, size: Math.max(0, ...own.map(({ size }) => size)) }
  })
}

/** The anchors of a log that can tell something: all that are larger than it, and the newest others. */
function readTelling(path: string, { log, size }: AnchoredLog): readonly Anchor[] {
  const origin = originOf(log)
  const sizeOf = new RegExp(`${origin.replaceAll('/', '\\\\?/')}\\\\n(\\d{1,16})\\\\n`)
  const larger: string[] = []
  const newest: string[] = []
  let largest = { size: 0, line: '' }
  try {
    for (const line of readLines(anchorFile(path))) {
      const found = sizeOf.exec(line)
      if (found === null) continue
      const seen = Number(found[1])
      if (seen > size) larger.push(line)
      else newest.push(line)
      // Lines behind it may be old ones that somebody wrote again.
      if (seen <= size && seen >= largest.size) largest = { size: seen, line }
      if (newest.length > compared * 2) newest.splice(0, compared)
    }
  } catch {
    return []
  }
  const anchors = [...larger, largest.line, ...newest.slice(-compared)].flatMap((line) => {
    const anchor = parseAnchorLine(line)
    return anchor?.origin === origin ? [anchor] : []
  })
  // The largest first: it says best how much is missing.
  return anchors.sort((left, right) => right.size - left.size)
}

interface Comparison extends AnchoredLog {
  readonly path: string
  readonly restores: readonly Restore[]
}

/** Whether an anchor is one of this log; `false` for those of events that a restore gave up. Throws `StoreFault`. */
function isOwn(database: Database.Database, anchor: Anchor, log: Comparison): boolean {
  if (anchor.size <= log.size && rootAt(database, anchor.size)?.equals(anchor.root)) return true
  if (explainingRestore(log.restores, anchor)) return false
  const seen = `the anchors in ${log.path} have seen`
  throw new StoreFault({
    code: 'store-rolled-back',
    message:
      anchor.size > log.size
        ? `The audit log ${database.name} has ${log.size} events, but ${seen} ${anchor.size}: an older copy was put in its place, or its end was cut off.`
        : `The audit log ${database.name} is not the one that ${seen}: its first ${anchor.size} events are others.`,
    suggestion:
      'Put the newest copy of the log back. To go on with an older one on purpose, run kt restore <file> --force: the log then says what was lost.',
  })
}

function rootAt(database: Database.Database, size: number): Buffer | null {
  const note = database.prepare('SELECT note FROM checkpoints WHERE size = ?').pluck().get(size)
  if (typeof note !== 'string') return null
  return parseCheckpoint(parseNote(note)?.text ?? '')?.root ?? null
}
