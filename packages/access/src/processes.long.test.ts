import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest'
import type { AccessStore } from './access-store.ts'
import { accessDatabasePath, openAccessStore } from './access-store.ts'
import { openSqlite } from './open-sqlite.ts'

const loader = new URL('../../audit-store/dev/register-typescript.mjs', import.meta.url).href
const script = fileURLToPath(new URL('./fixtures/change-keys.ts', import.meta.url))

let dir: string

beforeEach(() => {
  dir = join(mkdtempSync(join(tmpdir(), 'kt-access-')), 'data')
  mkdirSync(dir, { mode: 0o700 })
})

afterEach(() => {
  rmSync(join(dir, '..'), { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
})

interface Ended {
  readonly code: number | null
  readonly lines: readonly string[]
  readonly errors: string
}

/** Lets a process change keys; with `killAfter` it is killed once it has said so many lines. */
function changeKeys(count: number, killAfter = Number.POSITIVE_INFINITY): Promise<Ended> {
  const node = ['--conditions=@keeptrusts/source', '--import', loader, script]
  const child = spawn(process.execPath, [...node, dir, `${count}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  let errors = ''
  // The last line may be cut off.
  const lines = () => said.split('\n').slice(0, -1)
  child.stdout.setEncoding('utf8').on('data', (text) => {
    said += text
    if (lines().length >= killAfter) child.kill('SIGKILL')
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors += text
  })
  return new Promise((resolve) => {
    child.once('close', (code) => resolve({ code, lines: lines(), errors }))
  })
}

/** What the store says of each key that a process spoke of, and what it ought to say. */
function judged(store: AccessStore, lines: readonly string[]) {
  const revoked = new Set(lines.filter((line) => line.startsWith('revoked ')).map(secretOf))
  const made = lines.filter((line) => line.startsWith('made ')).map(secretOf)
  const found = made.map((secret) => {
    const key = store.keys.verify(secret)
    return typeof key === 'string' ? key : 'valid'
  })
  return { found, expected: made.map((secret) => (revoked.has(secret) ? 'revoked' : 'valid')) }
}

const secretOf = (line: string): string => line.slice(line.indexOf(' ') + 1)

function writeVersion1(): void {
  const db = openSqlite(accessDatabasePath(dir))
  db.exec(`
    CREATE TABLE operators (id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE, password TEXT NOT NULL,
      role TEXT NOT NULL CHECK (role IN ('admin', 'auditor')), created INTEGER NOT NULL) STRICT;
    CREATE TABLE sessions (token_hash BLOB PRIMARY KEY, operator_id TEXT NOT NULL REFERENCES operators (id),
      created INTEGER NOT NULL, expires INTEGER NOT NULL, revoked INTEGER) STRICT;
    INSERT INTO operators VALUES ('op_1', 'ada@example.com', 'x', 'admin', 5);
    PRAGMA user_version = 1;`)
  db.close()
}

it('processes that take over a store of version 1 at the same moment all make their keys', async () => {
  writeVersion1()
  const ended = await Promise.all(Array.from({ length: 4 }, () => changeKeys(20)))
  expect(ended.map(({ code, errors }) => ({ code, errors }))).toEqual(
    ended.map(() => ({ code: 0, errors: '' })),
  )
  const store = openAccessStore({ dir })
  onTestFinished(() => store.close())
  const { found, expected } = judged(
    store,
    ended.flatMap(({ lines }) => lines),
  )
  expect(found).toHaveLength(80)
  expect(found).toEqual(expected)
  expect(store.operators.list()).toHaveLength(1)
})

it('a process that is killed has lost no key it told of, and no revocation', async () => {
  const ended = await Promise.all([changeKeys(100_000, 30), changeKeys(100_000, 45)])
  expect(ended.map(({ code }) => code)).toEqual([null, null])
  const store = openAccessStore({ dir })
  onTestFinished(() => store.close())
  const { found, expected } = judged(
    store,
    ended.flatMap(({ lines }) => lines),
  )
  expect(found.length).toBeGreaterThanOrEqual(50)
  // A revocation that was made, but not told of any more, is one too many: never one too few.
  const wrong = expected.filter((state, at) => state === 'revoked' && found[at] !== 'revoked')
  expect(wrong).toEqual([])
  expect(found).not.toContain('unknown')
})
