import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { placeUnder, SampleLog } from '../fixtures/sample-log.ts'
import { tamper } from '../fixtures/tamper.ts'
import { openSqlite } from '../open-sqlite.ts'
import { verifyLog } from './verify-log.ts'

const runs = process.env['KEEPTRUSTS_LONG'] ? 1500 : 60
const root = mkdtempSync(join(tmpdir(), 'keeptrusts-flips-'))
const place = placeUnder(join(root, 'log'))
let vkey: string

/** Tables with what their rows hold. */
const cells: readonly (readonly [table: string, columns: readonly string[]])[] = [
  [
    'events',
    [
      'seq',
      'ts',
      'id',
      'type',
      'decision',
      'request_id',
      'principal',
      'target',
      'model',
      'leaf',
      'body',
    ],
  ],
  ['head', ['size', 'frontier', 'last_ts', 'tip_note']],
  ['checkpoints', ['size', 'note']],
  ['subtrees', ['idx', 'hash']],
  ['signing_keys', ['from_size', 'vkey']],
  ['prune', ['first', 'frontier']],
  ['prune_window', ['upto']],
  ['configs', ['hash', 'canonical']],
  ['payload_keys', ['key_id', 'wrapped']],
  ['payloads', ['seq', 'key_id', 'nonce', 'box']],
  ['meta', ['key', 'value']],
]

beforeAll(() => {
  const log = new SampleLog(place)
  log.append(1100)
  log.appendWithContent()
  log.rotate()
  log.append(20)
  log.anchor()
  log.now += 400 * 86_400_000
  log.prune()
  log.append(20)
  log.appendWithContent()
  log.append(5)
  vkey = log.writer.publicKey
  log.close()
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

function findings(dir: string): number {
  try {
    const { integrity, completeness } = verifyLog({ dir, anchors: [place.anchors], vkey })
    return integrity.total + completeness.total
  } catch {
    return 1
  }
}

function flip(bytes: Uint8Array, bit: number): Buffer {
  const copy = Buffer.from(bytes)
  const place = bit % (copy.length * 8)
  copy[place >> 3] = (copy[place >> 3] ?? 0) ^ (1 << (place & 7))
  return copy
}

/** Flips a bit of one value; `false` when it has none, or the table would refuse the result. */
function flipCell(
  dir: string,
  at: { table: string; column: string; row: number; bit: number },
): boolean {
  const { table, column, row, bit } = at
  let isDone = false
  tamper(dir, ({ database }) => {
    const count = Number(database.prepare(`SELECT count(*) FROM ${table}`).pluck().get())
    const found = database
      .prepare(`SELECT rowid AS id, typeof(${column}) AS type, CAST(${column} AS BLOB) AS bytes, ${column} AS value
                FROM ${table} LIMIT 1 OFFSET ?`)
      .get(row % count) as { id: number; type: string; bytes: Buffer | null; value: unknown }
    if (found.bytes === null || found.bytes.length === 0) return
    const flipped = flip(found.bytes, bit)
    const number = Number(found.value) ^ (1 << (bit % 31))
    const [value, changed] =
      found.type === 'integer'
        ? ['?', number]
        : found.type === 'text'
          ? ['CAST(? AS TEXT)', flipped]
          : ['?', flipped]
    try {
      database
        .prepare(`UPDATE ${table} SET ${column} = ${value} WHERE rowid = ?`)
        .run(changed, found.id)
      isDone = true
    } catch {
      // Another row has that key already.
    }
  })
  return isDone
}

/** Everything that a log says: its tables, triggers and rows. */
function contentOf(dir: string): string {
  const database = openSqlite(join(dir, 'audit.db'), { readonly: true })
  const hash = createHash('sha256')
  try {
    const schema = database
      .prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name')
      .raw()
    hash.update(JSON.stringify(schema.all()))
    for (const [table, columns] of cells) {
      const list = columns.map((column) => `hex(${column}), typeof(${column})`).join()
      hash.update(
        JSON.stringify(database.prepare(`SELECT ${list} FROM ${table} ORDER BY rowid`).raw().all()),
      )
    }
  } finally {
    database.close()
  }
  return hash.digest('hex')
}

describe('a flipped bit', () => {
  it('is not there to begin with', () => {
    expect(findings(place.dir)).toBe(0)
  })

  it('in any value of any table is found', () => {
    const copy = join(root, 'cells')
    const cell = fc
      .constantFrom(...cells)
      .chain(([table, columns]) => fc.tuple(fc.constant(table), fc.constantFrom(...columns)))
    fc.assert(
      fc.property(cell, fc.nat(), fc.nat(), ([table, column], row, bit) => {
        cpSync(place.dir, copy, { recursive: true })
        if (flipCell(copy, { table, column, row, bit })) expect(findings(copy)).toBeGreaterThan(0)
        rmSync(copy, { recursive: true })
      }),
      { numRuns: runs },
    )
  })

  it('anywhere in the file is found, or changes nothing that the log says', () => {
    const copy = join(root, 'pages')
    cpSync(place.dir, copy, { recursive: true })
    const file = join(copy, 'audit.db')
    const bytes = readFileSync(file)
    const content = contentOf(copy)
    fc.assert(
      fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
        writeFileSync(file, flip(bytes, bit))
        rmSync(`${file}-wal`, { force: true })
        rmSync(`${file}-shm`, { force: true })
        if (findings(copy) === 0) expect(contentOf(copy)).toBe(content)
      }),
      { numRuns: runs },
    )
  })
})
