import type Database from 'better-sqlite3'
import { corrupt } from './log-database.ts'
import { leafHash, MerkleFrontier } from './merkle-frontier.ts'

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

/** Compares the head with the newest event; returns the number of events. Throws `StoreFault` when they disagree. */
export function checkHead(database: Database.Database, path: string): number {
  const { frontier } = parseHead(database.prepare(selectHead).get(), path)
  const tail = database
    .prepare('SELECT seq, body, leaf FROM events ORDER BY seq DESC LIMIT 1')
    .get() as TailRow | undefined
  const first = database.prepare('SELECT first FROM prune').pluck().get() as number
  if (frontier.size !== (tail ? tail.seq + 1 : first)) {
    throw corrupt(path, `should end with event ${frontier.size - 1}, but does not`)
  }
  if (tail && !leafHash(tail.body).equals(tail.leaf)) {
    throw corrupt(path, `was changed: event ${tail.seq} does not match its hash`)
  }
  return frontier.size
}
