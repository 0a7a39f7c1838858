import { copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { temporaryLog } from './fixtures/temporary-log.ts'
import { createLogDatabase, openForReading, openForWriting } from './log-database.ts'
import { openSqlite } from './open-sqlite.ts'
import { ensurePrivateFolder } from './private-files.ts'
import { StoreFault } from './store-fault.ts'
import { storePaths } from './store-paths.ts'

function newLog(): string {
  const paths = storePaths(temporaryLog(onTestFinished).dir)
  ensurePrivateFolder(paths.dir)
  createLogDatabase(paths, { log: 'x', vkey: 'v', promptKey: 'p' })
  return paths.database
}

function open(path: string): Database.Database {
  const database = openForWriting(path)
  onTestFinished(() => void database.close())
  return database
}

function addEvent(database: Database.Database, seq: number, verb = 'INSERT'): void {
  database
    .prepare(`${verb} INTO events(seq, ts, id, type, leaf, body) VALUES (?, 1, 'e', 't', ?, '{}')`)
    .run(seq, Buffer.alloc(32))
}

function codeOf(action: () => unknown): string | undefined {
  try {
    action()
  } catch (error) {
    return error instanceof StoreFault ? error.details.code : String(error)
  }
  return undefined
}

describe('openForWriting', () => {
  it('keeps synchronous = FULL when it opens an existing log, where SQLite would not', () => {
    const path = newLog()
    openForWriting(path).close()
    const bare = openSqlite(path)
    bare.exec('SELECT * FROM head')
    expect(bare.pragma('synchronous', { simple: true })).toBe(1)
    bare.close()
    const database = open(path)
    expect(database.pragma('synchronous', { simple: true })).toBe(2)
  })

  it('sets every other pragma the log rests on', () => {
    const database = open(newLog())
    const found = ['journal_mode', 'trusted_schema', 'cell_size_check', 'mmap_size', 'auto_vacuum']
    expect(found.map((name) => database.pragma(name, { simple: true }))).toEqual([
      'wal',
      0,
      1,
      0,
      2,
    ])
    expect(database.pragma('journal_size_limit', { simple: true })).toBe(64 * 1024 * 1024)
    expect(database.pragma('busy_timeout', { simple: true })).toBe(2000)
  })

  it.skipIf(process.platform === 'win32')('gives all its files mode 0600', () => {
    const path = newLog()
    addEvent(open(path), 0)
    for (const suffix of ['', '-wal', '-shm']) {
      expect((statSync(path + suffix).mode & 0o777).toString(8), suffix).toBe('600')
    }
  })

  it('refuses a file that is not a database, and leaves it alone', () => {
    const path = newLog()
    writeFileSync(path, 'this is no database, it only has its name\n'.repeat(200))
    const before = readFileSync(path)
    expect(codeOf(() => openForWriting(path))).toBe('store-damaged')
    expect(codeOf(() => openForReading(path))).toBe('store-damaged')
    expect(readFileSync(path)).toEqual(before)
  })

  it('refuses an empty file instead of starting a new log in it', () => {
    const path = newLog()
    writeFileSync(path, '')
    expect(codeOf(() => openForWriting(path))).toBe('store-damaged')
    expect(statSync(path).size).toBe(0)
  })

  it('refuses a database of somebody else', () => {
    const path = newLog()
    const other = `${path}.other`
    const database = openSqlite(other)
    database.exec('CREATE TABLE t(x)')
    database.close()
    copyFileSync(other, path)
    expect(codeOf(() => openForReading(path))).toBe('store-damaged')
  })

  it('refuses a log of a later format', () => {
    const path = newLog()
    const database = openSqlite(path)
    database.pragma('user_version = 99')
    database.close()
    expect(codeOf(() => openForWriting(path))).toBe('store-too-new')
  })
})

describe('the triggers of the log', () => {
  it('let events be appended only, without a gap', () => {
    const database = open(newLog())
    for (const seq of [0, 1, 2]) addEvent(database, seq)
    expect(() => addEvent(database, 4)).toThrow('can only be appended')
    expect(() => addEvent(database, -1)).toThrow('can only be appended')
  })

  it.each(['INSERT OR REPLACE', 'REPLACE', 'INSERT OR IGNORE'])(
    'stop %s of a stored event',
    (verb) => {
      const database = open(newLog())
      for (const seq of [0, 1, 2]) addEvent(database, seq)
      expect(() => addEvent(database, 1, verb)).toThrow('can only be appended')
      expect(() => addEvent(database, 2, verb)).toThrow('can only be appended')
    },
  )

  it('stop changes and deletions', () => {
    const database = open(newLog())
    addEvent(database, 0)
    expect(() => database.exec("UPDATE events SET body = ''")).toThrow('cannot be changed')
    expect(() => database.exec('UPDATE OR REPLACE events SET ts = 2')).toThrow('cannot be changed')
    expect(() => database.exec('DELETE FROM events')).toThrow('cannot be deleted')
  })

  it('let go of what lies before the prune window, and of nothing else', () => {
    const database = open(newLog())
    for (const seq of [0, 1, 2]) addEvent(database, seq)
    database.exec('UPDATE prune_window SET upto = 2')
    database.exec('DELETE FROM events WHERE seq < 2')
    expect(() => database.exec('DELETE FROM events')).toThrow('cannot be deleted')
    addEvent(database, 3)
  })

  it('protect checkpoints the same way', () => {
    const database = open(newLog())
    database.exec("INSERT INTO checkpoints VALUES (1024, 'note')")
    expect(() => database.exec('UPDATE checkpoints SET note = 1')).toThrow('cannot be changed')
    expect(() => database.exec('DELETE FROM checkpoints')).toThrow('cannot be deleted')
    expect(() =>
      database.exec("INSERT OR REPLACE INTO checkpoints VALUES (1024, 'other')"),
    ).toThrow('can only be appended')
  })
})
