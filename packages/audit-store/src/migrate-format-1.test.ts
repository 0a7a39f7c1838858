import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { makeFormat1Log } from './fixtures/format-1-log.ts'
import { readWholeLog } from './fixtures/read-log.ts'
import { anEvent, temporaryLog } from './fixtures/temporary-log.ts'
import { LogWriter } from './log-writer.ts'
import { openAuditReader } from './open-audit-reader.ts'
import { openSqlite } from './open-sqlite.ts'
import { schema } from './schema.ts'

type Folders = ReturnType<typeof temporaryLog>

function format1Log(events: number): Folders & { readonly log: string } {
  const folders = temporaryLog(onTestFinished)
  return { ...folders, log: makeFormat1Log(folders, events) }
}

function query<Row>({ dir }: Folders, sql: string): Row[] {
  const database = openSqlite(join(dir, 'audit.db'), { readonly: true })
  try {
    return database.prepare(sql).all() as Row[]
  } finally {
    database.close()
  }
}

const objects = 'SELECT type, name, sql FROM sqlite_schema ORDER BY type, name'

describe('a log of format 1', () => {
  it.each([0, 1, 1023, 1024, 2500])(
    'of %i events gets its checkpoints, and an event that says so',
    (events) => {
      const folders = format1Log(events)
      const writer = LogWriter.open(folders)
      const { log, vkey } = { log: writer.log, vkey: writer.publicKey }
      writer.close()
      expect(log).toBe(folders.log)
      expect(readWholeLog(folders.dir)).toHaveLength(events)
      const [genesis] = query<{ body: string }>(
        folders,
        `SELECT body FROM events WHERE seq = ${events}`,
      )
      expect(JSON.parse(genesis?.body ?? '')).toMatchObject({
        type: 'audit.genesis',
        adopted: events,
        format: 2,
        vkey,
      })
      const sizes = query<{ size: number }>(folders, 'SELECT size FROM checkpoints').map(
        ({ size }) => size,
      )
      expect(sizes).toEqual(
        Array.from({ length: Math.floor((events + 1) / 1024) }, (_, index) => (index + 1) * 1024),
      )
      expect(query(folders, 'SELECT from_size, vkey FROM signing_keys')).toEqual([
        { from_size: 0, vkey },
      ])
    },
  )

  it('has the same tables as a new one afterwards', () => {
    const folders = format1Log(3)
    LogWriter.open(folders).close()
    const fresh = openSqlite(':memory:')
    fresh.exec(schema)
    const expected = fresh.prepare(objects).all()
    fresh.close()
    expect(query(folders, objects)).toEqual(expected)
  })

  it('can be read before a gateway brought it to the new format', () => {
    const folders = format1Log(3)
    const reader = openAuditReader(folders)
    expect(reader.find('evt_2')).toMatchObject([anEvent(2)])
    reader.close()
  })

  it.each([
    [
      'an event was changed',
      "UPDATE events SET body = replace(body, 'evt_3', 'evt_4') WHERE seq = 3",
    ],
    ['an event is missing', 'DELETE FROM events WHERE seq = 3'],
    ['its head is another', 'UPDATE head SET size = 4'],
  ])('is refused and left as it is when %s', (_name, change) => {
    const folders = format1Log(1500)
    const database = openSqlite(join(folders.dir, 'audit.db'))
    database.exec(`DROP TRIGGER events_no_delete; DROP TRIGGER events_no_update; ${change}`)
    database.pragma('wal_checkpoint(TRUNCATE)')
    database.close()
    const before = readFileSync(join(folders.dir, 'audit.db'))
    expect(() => LogWriter.open(folders)).toThrow(/was changed|has lost/)
    expect(readFileSync(join(folders.dir, 'audit.db'))).toEqual(before)
  })

  it('is not touched without its key', () => {
    const folders = format1Log(5)
    rmSync(join(folders.keysDir, 'audit-signing.key'))
    expect(() => LogWriter.open(folders)).toThrow('is missing')
    expect(query(folders, 'PRAGMA user_version')).toEqual([{ user_version: 1 }])
  })
})
