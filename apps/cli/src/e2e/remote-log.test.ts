import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { GovernedModel } from '../fixtures/governed-model.ts'
import { startGovernedModel } from '../fixtures/governed-model.ts'
import { bodiesIn, openSandboxLog, recordsIn } from '../fixtures/recorded-log.ts'
import type { Sandbox } from '../fixtures/spawn-kt.ts'
import { createSandbox } from '../fixtures/spawn-kt.ts'
import {
  credentialsOf,
  profileOf,
  revoke,
  storeProfiles,
  tokenOf,
} from '../fixtures/stored-sign-in.ts'
import type { TailProcess } from '../fixtures/tail-process.ts'
import { startTail } from '../fixtures/tail-process.ts'

const there = createSandbox()
const laptop = createSandbox()
let governed: GovernedModel
let tail: TailProcess | null = null

beforeAll(async () => {
  governed = await startGovernedModel(there)
  for (const what of ['allow', 'block', 'allow'] as const) await governed.call(what)
  signIn('auditor')
}, 60_000)
afterEach(async () => {
  await tail?.end('SIGKILL')
  tail = null
})
afterAll(async () => {
  await governed.stop()
  there.remove()
  laptop.remove()
})

function signIn(role: 'auditor' | 'operator'): string {
  const token = tokenOf(there, role)
  storeProfiles(laptop, 'prod', [profileOf('prod', governed.gateway.url, token)])
  return token
}

const calls = () =>
  recordsIn(there).filter(({ type, decision }) => {
    return type === 'request.completed' || (type === 'request.decided' && decision === 'block')
  })
const shown = () => tail?.lines().map((line) => JSON.parse(line).request_id)

describe('kt events list and show of a gateway elsewhere', () => {
  it('print what kt prints beside the log, byte for byte', async () => {
    const [first] = recordsIn(there, 'request.decided')
    const [started] = recordsIn(there, 'gateway.started')
    const until = recordsIn(there, 'request.completed').at(-1)?.time ?? ''
    const commands = [
      ['events', 'list'],
      ['events', 'list', '--json', '--limit', '2'],
      ['events', 'list', '--raw', '--until', until],
      ['events', 'list', '--verdict', 'block', '--since', '1h', '--model', 'my-chat-model'],
      ['events', 'list', '--policy', 'rbac'],
      ['events', 'show', first?.request_id ?? '', '--json'],
      ['events', 'show', first?.id ?? ''],
      ['events', 'show', first?.id ?? '', '--config'],
      ['events', 'show', `${started?.log}/${started?.seq}`, '--json'],
      ['events', 'show', 'evt_none'],
    ]
    for (const command of commands) {
      const elsewhere = await laptop.kt(command)
      expect(elsewhere, command.join(' ')).toEqual(await there.kt(command))
    }
    // The gateway knows who read.
    const [read] = recordsIn(there, 'audit.read')
    expect(read).toMatchObject({
      command: 'GET events',
      actor: { operator: 'auditor@example.com' },
    })
  }, 60_000)

  it('says what only the machine of the gateway can do, and means this one with --local', async () => {
    const [first] = recordsIn(there, 'request.decided')
    const content = await laptop.kt(['events', 'show', first?.id ?? '', '--content'])
    expect(content.stderr).toMatch(/^error\[runs-elsewhere\]/)
    const many = await laptop.kt(['events', 'list', '--limit', '1001'])
    expect(many.stderr).toMatch(/^error\[bad-flag\]: .* at most 1000 at once/)
    const local = await laptop.kt(['events', 'list', '--local', '--json'])
    expect(local).toMatchObject({ code: 0, stdout: '[]\n' })
  })
})

describe('kt events tail of a gateway elsewhere', () => {
  it('shows each call once, over a restart of the gateway', async () => {
    tail = startTail(laptop, ['--json', '--limit', '2'])
    await expect.poll(() => shown()?.length, { timeout: 10_000 }).toBe(2)
    await governed.call()
    await expect.poll(() => shown()?.length, { timeout: 10_000 }).toBe(3)
    await governed.restart(async () => {
      await expect.poll(() => tail?.stderr(), { timeout: 10_000 }).toContain('Trying again')
    })
    await governed.call('block')
    await governed.call()
    const last = calls().map(({ request_id }) => request_id)
    await expect.poll(shown, { timeout: 20_000 }).toEqual(last.slice(-5))
    expect(tail.stderr()).toContain('The gateway answers again.')
    expect(await tail.end('SIGINT')).toBe(0)
  }, 60_000)

  it('shows only what is asked for, and ends when the session does', async () => {
    const token = signIn('auditor')
    tail = startTail(laptop, ['--json', '--verdict', 'block', '--limit', '1'])
    await expect.poll(() => shown()?.length, { timeout: 10_000 }).toBe(1)
    await governed.call()
    await governed.call('block')
    await expect.poll(() => shown()?.length, { timeout: 10_000 }).toBe(2)
    revoke(there, token)
    expect(await tail.exited).toBe(1)
    expect(tail.lines().at(-1)).toContain('session-expired')
    signIn('auditor')
  }, 60_000)

  it('feeds every record as it is stored, from a cursor', async () => {
    const feed = ['events', 'tail', '--json', '--once', '--since-cursor', 'siem.cursor']
    const first = await laptop.kt(feed)
    expect(first).toMatchObject({ code: 0, stderr: '' })
    await governed.call()
    const second = await laptop.kt(feed)
    const lines = (first.stdout + second.stdout).trimEnd().split('\n')
    expect(lines).toEqual(bodiesIn(there).slice(0, lines.length))
    expect(second.stdout).toContain('request.completed')
  }, 60_000)
})

describe('kt events verify of a gateway elsewhere', () => {
  const copies = () => readdirSync(tmpdir()).filter((name) => name.startsWith('kt-log-copy-'))
  const vkey = () =>
    JSON.parse(readFileSync(credentialsOf(laptop), 'utf8')).profiles[0].gateway.vkey

  it('checks a copy here, and remembers the key at the first look', async () => {
    const before = copies()
    const first = await laptop.kt(['events', 'verify'])
    expect(first).toMatchObject({ code: 3 })
    expect(first.stderr).toContain('its key is remembered from now on')
    expect(first.stdout).toContain('no key to hold it against')
    const second = await laptop.kt(['events', 'verify', '--json'])
    expect(second).toMatchObject({ code: 3, stderr: '' })
    expect(JSON.parse(second.stdout).key).toEqual({
      source: 'given',
      state: 'current',
      vkey: vkey(),
    })
    const [decided] = recordsIn(there, 'request.decided')
    const proof = (await there.kt(['events', 'prove', decided?.id ?? ''])).stdout
    writeFileSync(join(laptop.folder, 'note'), proof.slice(proof.indexOf('\n\n') + 2))
    const anchored = await laptop.kt(['events', 'verify', '--anchor', 'note', '--vkey', vkey()])
    expect(anchored).toMatchObject({ code: 0, stderr: '' })
    expect(copies()).toEqual(before)
  }, 60_000)

  it('says that it could not check, when it may not have a copy', async () => {
    signIn('operator')
    const { code, stderr } = await laptop.kt(['events', 'verify'])
    expect(code).toBe(2)
    expect(stderr).toContain('events:copy, which the role operator does not have.')
    signIn('auditor')
  })

  it('finds what was changed on the machine of the gateway, and another key', async () => {
    const database = new Database(join(there.dataDir, 'audit', 'audit.db'), { timeout: 5000 })
    const triggers = database.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    const guards = triggers.all() as { name: string; sql: string }[]
    for (const { name } of guards) database.exec(`DROP TRIGGER "${name}"`)
    database.exec(`UPDATE events SET body = replace(body, '"block"', '"allow"') WHERE seq > 2`)
    for (const { sql } of guards) database.exec(sql)
    database.close()
    const tampered = await laptop.kt(['events', 'verify'])
    expect(tampered.code).toBe(1)
    expect(tampered.stdout).toContain('FAIL  integrity')

    const other: Sandbox = createSandbox()
    const log = await openSandboxLog(other)
    await log.close()
    other.remove()
    const file = JSON.parse(readFileSync(credentialsOf(laptop), 'utf8'))
    file.profiles[0].gateway.vkey = log.publicKey
    writeFileSync(credentialsOf(laptop), JSON.stringify(file))
    const foreign = await laptop.kt(['events', 'verify'])
    expect(foreign.code).toBe(1)
    expect(foreign.stderr).toMatch(/^WARNING: the log of .* is not signed by the key/)
    expect(JSON.parse(readFileSync(credentialsOf(laptop), 'utf8'))).toEqual(file)
  }, 60_000)
})
