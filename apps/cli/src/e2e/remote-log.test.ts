import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openAccessStore } from '@keeptrusts/access'
import type { OpenedAuditStore } from '@keeptrusts/audit-store'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bodiesIn, callEvents, openSandboxLog, startEvent } from '../fixtures/recorded-log.ts'
import type { RemoteGatewayServer } from '../fixtures/remote-gateway.ts'
import { serveRemoteGateway } from '../fixtures/remote-gateway.ts'
import type { Sandbox } from '../fixtures/spawn-kt.ts'
import { createSandbox } from '../fixtures/spawn-kt.ts'
import type { TailProcess } from '../fixtures/tail-process.ts'
import { startTail } from '../fixtures/tail-process.ts'

let gateway: Sandbox
let laptop: Sandbox
let server: RemoteGatewayServer
let store: OpenedAuditStore
let tail: TailProcess | null = null

beforeEach(async () => {
  gateway = createSandbox()
  laptop = createSandbox()
  store = await openSandboxLog(gateway)
  // A log that records no reads, so that what is shown here and elsewhere can be compared.
  const events = [startEvent('decisions'), ...[1, 2, 3].flatMap((n) => callEvents(n))]
  for (const event of events) await store.append(event)
  server = await serveRemoteGateway(gateway)
  signIn('auditor')
})
afterEach(async () => {
  await tail?.end('SIGKILL')
  tail = null
  await store.close()
  await server.close()
  gateway.remove()
  laptop.remove()
})

/** Stores a sign-in of the laptop without the cost of a password. */
function signIn(role: 'auditor' | 'operator'): void {
  const access = openAccessStore({ dir: gateway.dataDir })
  const issuer = 'https://issuer.example.com'
  const email = `${role}@example.com`
  const { token } = access.signInExternal({ issuer, subject: role, email, role })
  access.close()
  const profile = { name: 'prod', gateway: { url: server.url }, email, role, token }
  const file = { version: 2, active: 'prod', profiles: [profile] }
  mkdirSync(laptop.configDir, { recursive: true })
  writeFileSync(credentials(), JSON.stringify(file), { mode: 0o600 })
}

const credentials = () => join(laptop.configDir, 'credentials.json')

const append = async (n: number, fields = {}) => {
  for (const event of callEvents(n, fields)) await store.append(event)
}

const numberOf = (line: string) => Number(/req_\S*?(\d{12})"/.exec(line)?.[1])

describe('kt events list and show of a gateway elsewhere', () => {
  it.each([
    [['events', 'list']],
    [['events', 'list', '--json', '--limit', '2']],
    [['events', 'list', '--raw']],
    [['events', 'list', '--verdict', 'redact', '--since', '1h', '--model', 'my-chat-model']],
    [['events', 'list', '--policy', 'pii-detector', '--until', '2000-01-01']],
    [['events', 'show', 'req_01890000-0000-7000-8000-000000000002', '--json']],
    [['events', 'show', 'evt_01890000-0000-7000-8002-000000000002']],
    [['events', 'show', 'evt_none']],
  ])('prints what kt prints beside the log: %j', async (args) => {
    const there = await laptop.kt(args)
    expect(there).toEqual(await gateway.kt(args))
    expect(server.asked.length).toBeGreaterThan(0)
  })

  it('shows records by their place, and the configuration that still runs', async () => {
    const place = ['events', 'show', `${store.log}/2`, '--json']
    expect(await laptop.kt(place)).toEqual(await gateway.kt(place))
    const id = 'req_01890000-0000-7000-8000-000000000001'
    const config = await laptop.kt(['events', 'show', id, '--config'])
    expect(JSON.parse(config.stdout)).toEqual({ pack: {} })
    const content = await laptop.kt(['events', 'show', id, '--content'])
    expect(content.stderr).toMatch(/^error\[runs-elsewhere\]/)
  })

  it('means this machine with --local', async () => {
    const { code, stdout } = await laptop.kt(['events', 'list', '--local', '--json'])
    expect({ code, stdout }).toEqual({ code: 0, stdout: '[]\n' })
    expect(server.asked).toEqual([])
  })
})

describe('kt events tail of a gateway elsewhere', () => {
  it('shows each call once, over a restart of the gateway', async () => {
    tail = startTail(laptop, ['--json', '--limit', '2'])
    const shown = () => tail?.lines().map(numberOf)
    await expect.poll(shown, { timeout: 10_000 }).toEqual([2, 3])
    await append(4)
    await expect.poll(shown, { timeout: 10_000 }).toEqual([2, 3, 4])
    const port = Number(new URL(server.url).port)
    await server.close()
    await append(5)
    await expect.poll(() => tail?.stderr(), { timeout: 10_000 }).toContain('Trying again')
    await append(6)
    server = await serveRemoteGateway(gateway, { port })
    await append(7)
    await expect.poll(shown, { timeout: 20_000 }).toEqual([2, 3, 4, 5, 6, 7])
    expect(tail.stderr()).toContain('The gateway answers again.')
    expect(await tail.end('SIGINT')).toBe(0)
  })

  it('shows only what is asked for, and ends when the session does', async () => {
    tail = startTail(laptop, ['--json', '--verdict', 'error', '--limit', '0'])
    await expect.poll(() => server.asked.length, { timeout: 10_000 }).toBeGreaterThan(1)
    await append(4)
    await append(5, { decision: 'error' })
    await expect
      .poll(() => new Set(tail?.lines().map(numberOf)), { timeout: 10_000 })
      .toEqual(new Set([5]))
    const access = openAccessStore({ dir: gateway.dataDir })
    access.revokeSession(JSON.parse(readFileSync(credentials(), 'utf8')).profiles[0].token)
    access.close()
    expect(await tail.exited).toBe(1)
    expect(tail.lines().at(-1)).toContain('session-expired')
  })

  it('feeds every record as it is stored, from a cursor', async () => {
    const feed = ['events', 'tail', '--json', '--once', '--since-cursor', 'siem.cursor']
    const first = await laptop.kt(feed)
    expect(first).toMatchObject({ code: 0, stderr: '' })
    await append(4)
    const second = await laptop.kt(feed)
    const stored = bodiesIn(gateway)
    expect((first.stdout + second.stdout).trimEnd().split('\n')).toEqual(stored)
    expect(second.stdout.trimEnd().split('\n')).toHaveLength(2)
    const third = await laptop.kt(feed)
    expect(third).toMatchObject({ code: 0, stdout: '' })
  })
})

describe('kt events verify of a gateway elsewhere', () => {
  const copies = () => readdirSync(tmpdir()).filter((name) => name.startsWith('kt-log-copy-'))

  it('checks a copy here, and remembers the key at the first look', async () => {
    const before = copies()
    const first = await laptop.kt(['events', 'verify'])
    expect(first.code).toBe(3)
    expect(first.stderr).toContain('its key is remembered from now on')
    expect(first.stdout).toContain('no key to hold it against')
    const second = await laptop.kt(['events', 'verify', '--json'])
    expect(second).toMatchObject({ code: 3, stderr: '' })
    expect(JSON.parse(second.stdout).key).toEqual({
      source: 'given',
      state: 'current',
      vkey: store.publicKey,
    })
    const note = (await gateway.kt(['events', 'prove', 'evt_01890000-0000-7000-8001-000000000001']))
      .stdout
    writeFileSync(join(laptop.folder, 'note'), note.slice(note.indexOf('\n\n') + 2))
    const given = ['--anchor', 'note', '--vkey', store.publicKey]
    expect((await laptop.kt(['events', 'verify', ...given])).code).toBe(0)
    expect(copies()).toEqual(before)
  })

  it('finds what was changed on the machine of the gateway, and another key', async () => {
    expect((await laptop.kt(['events', 'verify'])).code).toBe(3)
    await store.close()
    const database = new Database(join(gateway.dataDir, 'audit', 'audit.db'))
    database.pragma('trusted_schema = ON')
    const triggers = database.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for (const name of triggers.pluck().all()) database.exec(`DROP TRIGGER "${name}"`)
    database.exec(`UPDATE events SET body = replace(body, '"redact"', '"allow"') WHERE seq = 2`)
    database.close()
    const tampered = await laptop.kt(['events', 'verify'])
    expect(tampered.code).toBe(1)
    expect(tampered.stdout).toContain('FAIL  integrity')

    const file = JSON.parse(readFileSync(credentials(), 'utf8'))
    const other = createSandbox()
    const log = await openSandboxLog(other)
    await log.close()
    other.remove()
    file.profiles[0].gateway.vkey = log.publicKey
    writeFileSync(credentials(), JSON.stringify(file))
    const foreign = await laptop.kt(['events', 'verify'])
    expect(foreign.code).toBe(1)
    expect(foreign.stderr).toMatch(/^WARNING: the log of .* is not signed by the key/)
    expect(JSON.parse(readFileSync(credentials(), 'utf8'))).toEqual(file)
  })

  it('says that it could not check, when it may not have a copy', async () => {
    signIn('operator')
    const { code, stderr } = await laptop.kt(['events', 'verify'])
    expect(code).toBe(2)
    expect(stderr).toContain('This needs events:copy, which the role operator does not have.')
  })
})
