import type Database from 'better-sqlite3'
import { corrupt } from './log-database.ts'
import { blockLeaves, leafHash, MerkleFrontier } from './merkle-frontier.ts'
import { parseCheckpoint } from './notes/checkpoint.ts'
import { parseNote } from './notes/signed-note.ts'

/** Where a log stands: its tree and the time of its newest event. */
export interface LogHead {
  readonly frontier: MerkleFrontier
  /** Milliseconds since the epoch. */
  readonly lastTs: number
}

interface HeadRow {
  readonly size: number
  readonly frontier: Buffer
  readonly last_ts: number
}

interface TailRow {
  readonly seq: number
  readonly body: string
  readonly leaf: Buffer
}

/** The statement `parseHead` reads the row of. */
export const selectHead = 'SELECT size, frontier, last_ts FROM head'

/** Reads the row of `selectHead`; throws `StoreFault` when it cannot be the head of a log. */
export function parseHead(row: unknown, path: string): LogHead {
  const head = row as HeadRow | undefined
  const frontier = head ? MerkleFrontier.fromBytes(head.size, head.frontier) : null
  if (!head || !frontier) throw corrupt(path, 'has lost its head')
  return { frontier, lastTs: head.last_ts }
}

/**
 * Compares the head with the tree built anew from the roots of the whole blocks and the events since, and with its note; returns the
 * number of events. What it costs does not grow with the log. Whether the note is signed is for `kt events verify`.
 * Throws `StoreFault` when they disagree.
 */
export function checkHead(database: Database.Database, path: string): number {
  const { frontier } = parseHead(database.prepare(selectHead).get(), path)
  const found = rebuildTree(database, path)
  if (found.size !== frontier.size) {
    throw corrupt(path, `should end with event ${frontier.size - 1}, but does not`)
  }
  if (!found.root().equals(frontier.root())) {
    throw corrupt(
      path,
      `was changed: its last ${found.size % blockLeaves} events are not those of its head`,
    )
  }
  checkTip(database, { path, tree: found })
  return frontier.size
}

function rebuildTree(database: Database.Database, path: string): MerkleFrontier {
  const blocks = database.prepare('SELECT hash FROM subtrees ORDER BY idx').pluck().all()
  const tree = MerkleFrontier.fromBlocks(blocks as Buffer[])
  const tail = database
    .prepare('SELECT seq, body, leaf FROM events WHERE seq >= ? ORDER BY seq LIMIT ?')
    .all(tree.size, blockLeaves) as TailRow[]
  for (const { seq, body, leaf } of tail) {
    if (seq !== tree.size) throw corrupt(path, `has no event ${tree.size}`)
    if (!leafHash(body).equals(leaf)) {
      throw corrupt(path, `was changed: event ${seq} does not match its hash`)
    }
    tree.append(leaf)
  }
  return tree
}

function checkTip(
  database: Database.Database,
  { path, tree }: { readonly path: string; readonly tree: MerkleFrontier },
): void {
  const note = database.prepare('SELECT tip_note FROM head').pluck().get() as string | null
  if (note === null && tree.size === 0) return
  const checkpoint = parseCheckpoint(parseNote(note ?? '')?.text ?? '')
  if (checkpoint?.size === tree.size && checkpoint.root.equals(tree.root())) return
  throw corrupt(path, 'was changed: its last checkpoint is not that of its events')
}
