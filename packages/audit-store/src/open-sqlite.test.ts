import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { openSqlite } from './open-sqlite.ts'

const dir = mkdtempSync(join(tmpdir(), 'keeptrusts-open-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

it('reads and sets pragmas as better-sqlite3 does, and prepares each text once', () => {
  const database = openSqlite(':memory:')
  database.pragma('user_version = 7')
  expect(database.pragma('user_version', { simple: true })).toBe(7)
  expect(database.pragma('user_version')).toEqual([{ user_version: 7 }])
  expect(database.prepare('SELECT 1')).toBe(database.prepare('SELECT 1'))
  database.close()
})

// Node 24.19 and better-sqlite3 12: a collected connection or statement ended the process with SIGABRT.
it('survives garbage collection after connections were closed', () => {
  const register = new URL('../dev/register-typescript.mjs', import.meta.url)
  const source = pathToFileURL(join(import.meta.dirname, 'open-sqlite.ts'))
  const script = `
    import { openSqlite } from ${JSON.stringify(source.href)}
    for (let round = 0; round < 60; round++) {
      const database = openSqlite(${JSON.stringify(join(dir, 'x.db'))})
      database.pragma('journal_mode = WAL')
      database.exec('CREATE TABLE IF NOT EXISTS t(a)')
      database.transaction(() => database.prepare('INSERT INTO t VALUES (?)').run(round))()
      database.prepare('SELECT a FROM t').all()
      database.close()
      gc()
    }
    console.log('alive')`
  const args = ['--expose-gc', '--import', register.href, '--input-type=module', '-e', script]
  expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).toBe('alive\n')
})
