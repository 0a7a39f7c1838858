import type Database from 'better-sqlite3'

/** An event as it lies in a log. */
export interface SavedRow {
  readonly seq: number
  readonly body: string
  readonly leaf: Buffer
}

const batch = 256
/** An event and its place in the indexes take more than this. */
const smallestRowBytes = 128

/**
 * Every row of `events` that can be read, in order. A damaged page makes SQLite refuse whatever touches it: a stretch that is
 * refused is halved until only the rows on that page are left out.
 */
export function* readableRows(database: Database.Database): Generator<SavedRow> {
  const end = lastPossible(database)
  for (let start = firstPossible(database); start <= end; start += batch) {
    yield* stretch(database, start, Math.min(start + batch - 1, end))
  }
}

function* stretch(database: Database.Database, from: number, to: number): Generator<SavedRow> {
  const rows = attempt(() =>
    database
      .prepare('SELECT seq, body, leaf FROM events WHERE seq BETWEEN ? AND ? ORDER BY seq')
      .all(from, to),
  ) as readonly SavedRow[] | null
  if (rows !== null) yield* rows.filter(isWhole)
  else if (from < to) {
    const middle = Math.floor((from + to) / 2)
    yield* stretch(database, from, middle)
    yield* stretch(database, middle + 1, to)
  }
}

/** What is left of a page may hold anything. */
function isWhole({ body, leaf }: SavedRow): boolean {
  return typeof body === 'string' && Buffer.isBuffer(leaf)
}

function firstPossible(database: Database.Database): number {
  const first = attempt(() => database.prepare('SELECT first FROM prune').pluck().get())
  return typeof first === 'number' ? first : 0
}

/** By the head, by the newest row, or by how many would fit into the file. */
function lastPossible(database: Database.Database): number {
  const claims = ['SELECT size - 1 FROM head', 'SELECT max(seq) FROM events'].map((sql) =>
    attempt(() => database.prepare(sql).pluck().get()),
  )
  const known = claims.filter((claim) => typeof claim === 'number')
  if (known.length > 0) return Math.max(...known)
  const pages = attempt(() => database.pragma('page_count', { simple: true }))
  const size = attempt(() => database.pragma('page_size', { simple: true }))
  return (Number(pages) * Number(size)) / smallestRowBytes
}

function attempt(read: () => unknown): unknown {
  try {
    return read() ?? null
  } catch {
    return null
  }
}
