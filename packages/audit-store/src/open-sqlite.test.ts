import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

// Node 24.19 and better-sqlite3 12: a connection or statement that was collected ended the process with SIGABRT.
it('does not end the process when logs were opened and closed many times', () => {
  const register = new URL('../dev/register-typescript.mjs', import.meta.url)
  const writer = new URL('log-writer.ts', import.meta.url)
  const script = `
    import { join } from 'node:path'
    import { LogWriter } from ${JSON.stringify(writer.href)}
    for (let round = 0; round < 25; round++) {
      const dir = join(${JSON.stringify(dir)}, String(round))
      const options = { dir: join(dir, 'audit'), keysDir: join(dir, 'keys') }
      LogWriter.open(options).close()
      LogWriter.open(options).close()
    }
    console.log('alive')`
  const args = ['--import', register.href, '--input-type=module', '-e', script]
  expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).toBe('alive\n')
})
