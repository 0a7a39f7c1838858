import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { controlPath } from '@keeptrusts/core/node'
import { afterEach, describe, expect, it } from 'vitest'
import { endAll, endWith, startTestGateway, yamlFor } from '../fixtures/test-gateway.ts'

afterEach(endAll)

const yaml = yamlFor({ baseUrl: 'http://127.0.0.1:9/v1' })
const withoutLog = yamlFor({
  baseUrl: 'http://127.0.0.1:9/v1',
  chain: '',
  policy: '',
  more: 'audit_store: {kind: none}',
})

interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

/** Asks over a control socket. */
function ask(socketPath: string, path: string, body?: string | Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST'
    const asked = request({ socketPath, path, method, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        resolve({ status: Number(response.statusCode), body: JSON.parse(text) })
      })
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

function aFolder(name = 'data'): string {
  const root = mkdtempSync(join(tmpdir(), 'kt-control-'))
  endWith(async () => rmSync(root, { recursive: true, force: true }))
  return join(root, name)
}

const event = {
  id: 'evt_01890000-0000-7000-8000-000000000001',
  type: 'audit.read',
  time: '2026-01-31T12:00:00.123Z',
  command: 'events list',
}

const post = (path: string, events: unknown): Promise<Answer> =>
  ask(path, '/keeptrusts/log/events', JSON.stringify({ events }))

describe('the control socket', () => {
  it('is private, says how the gateway is, and is gone after the stop', async () => {
    const gateway = await startTestGateway(yaml)
    const { path } = controlPath(gateway.dataDir)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    const { status, body } = await ask(path, '/keeptrusts/status')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      version: '0.0.0-test',
      pid: process.pid,
      url: gateway.url,
      recording: 'every',
      log: { state: 'open', reason: null, size: 2, folder: join(gateway.dataDir, 'audit') },
      targets: [{ id: 'mlflow-chat', circuit: 'closed' }],
      requests: { in_flight: 0, processed: 0 },
    })
    await gateway.close()
    expect(existsSync(path)).toBe(false)
  })

  it('takes the place of a socket that a killed gateway left, and of any other file', async () => {
    const dataDir = aFolder()
    mkdirSync(dataDir, { mode: 0o700 })
    const { path } = controlPath(dataDir)
    writeFileSync(path, 'left behind')
    await startTestGateway(yaml, { dataDir })
    expect((await ask(path, '/keeptrusts/status')).status).toBe(200)
  })

  it('is refused in a folder that others can write to', async () => {
    const dataDir = aFolder()
    mkdirSync(dataDir)
    chmodSync(dataDir, 0o777)
    await expect(startTestGateway(yaml, { dataDir })).rejects.toMatchObject({
      code: 'loose-permissions',
      suggestion: `Run: chmod 700 '${dataDir}'`,
    })
  })

  it('lies in a private folder of its own when the data folder has a long path', async () => {
    const gateway = await startTestGateway(yaml, { dataDir: aFolder('d'.repeat(100)) })
    const { path, folder } = controlPath(gateway.dataDir)
    endWith(async () => rmSync(String(folder), { recursive: true, force: true }))
    expect(statSync(String(folder)).mode & 0o777).toBe(0o700)
    expect((await ask(path, '/keeptrusts/status')).status).toBe(200)
  })

  it('lies beside a log that the configuration puts elsewhere', async () => {
    const elsewhere = aFolder('log')
    await startTestGateway(`${yaml}audit_store: {path: ${elsewhere}}\n`)
    const { body } = await ask(controlPath(elsewhere).path, '/keeptrusts/status')
    expect(body).toMatchObject({ log: { folder: elsewhere } })
  })

  it('leaves the socket to a gateway that answers there, when neither has a log to decide', async () => {
    const dataDir = aFolder()
    const first = await startTestGateway(withoutLog, { dataDir })
    const second = await startTestGateway(withoutLog, { dataDir })
    const { path } = controlPath(dataDir)
    expect((await ask(path, '/keeptrusts/status')).body).toMatchObject({
      url: first.url,
      log: null,
    })
    expect(second.lines.join('')).toContain('Another gateway has the control socket')
    await second.close()
    expect((await ask(path, '/keeptrusts/status')).status).toBe(200)
  })

  it('lets the gateway stop while somebody is connected and says nothing', async () => {
    const gateway = await startTestGateway(yaml)
    const socket = connect(controlPath(gateway.dataDir).path)
    await once(socket, 'connect')
    const ended = once(socket, 'close')
    await gateway.close()
    await ended
  })
})

describe('POST log/tasks', () => {
  const run = (path: string, task: unknown): Promise<Answer> =>
    ask(path, '/keeptrusts/log/tasks', JSON.stringify({ task }))

  it('runs a task of the log writer', async () => {
    const gateway = await startTestGateway(yaml)
    const { path } = controlPath(gateway.dataDir)
    expect(await run(path, { kind: 'checkpoint' })).toEqual({
      status: 200,
      body: { result: { size: 2 } },
    })
    expect((await run(path, { kind: 'checkpoint' })).body).toEqual({ result: { size: null } })
  })

  it('refuses a task that it does not know, and what is none', async () => {
    const gateway = await startTestGateway(yaml)
    const { path } = controlPath(gateway.dataDir)
    for (const task of [{ kind: 'other' }, 'checkpoint', null]) {
      const { status, body } = await run(path, task)
      expect(status).toBe(400)
      expect(body).toMatchObject({ error: { code: 'control-request-invalid' } })
    }
  })
})

describe('POST log/events', () => {
  it('records what a command did, durably', async () => {
    const gateway = await startTestGateway(yaml)
    const { path } = controlPath(gateway.dataDir)
    const { status, body } = await post(path, [event, { ...event, type: 'audit.export' }])
    expect(status).toBe(200)
    expect(body).toMatchObject({ receipts: [{ seq: 2 }, { seq: 3 }] })
    expect(gateway.records().map(({ type }) => type)).toEqual([
      'gateway.started',
      'audit.read',
      'audit.export',
    ])
  })

  it.each([
    ['the record of a call', [{ ...event, type: 'request.decided' }], 'control-request-invalid'],
    [
      'a hold, which a task adds',
      [{ ...event, type: 'audit.hold_added' }],
      'control-request-invalid',
    ],
    ['an event without a type', [{}], 'control-request-invalid'],
    ['no event', [], 'control-request-invalid'],
    ['something else than a list', { 0: event }, 'control-request-invalid'],
    ['an event that the log cannot keep', [{ ...event, count: 0.5 }], 'event-invalid'],
    ['an event with a place of its own', [{ ...event, seq: 7 }], 'event-invalid'],
    ['an event without an id', [{ type: 'audit.read' }], 'event-invalid'],
  ])('refuses %s', async (_name, events, code) => {
    const gateway = await startTestGateway(yaml)
    const { status, body } = await post(controlPath(gateway.dataDir).path, events)
    expect(status).toBe(400)
    expect(body).toMatchObject({ error: { code, message: expect.any(String) } })
    expect(gateway.records()).toHaveLength(1)
  })

  it('answers 413 for more than 1 MiB, 400 for what is not JSON, 404 for other paths, 409 without a log', async () => {
    const gateway = await startTestGateway(yaml)
    const { path } = controlPath(gateway.dataDir)
    const large = await ask(path, '/keeptrusts/log/events', Buffer.alloc(1024 * 1024 + 1, 'x'))
    const broken = await ask(path, '/keeptrusts/log/events', '{')
    const other = await ask(path, '/keeptrusts/other')
    const none = await startTestGateway(withoutLog)
    const logless = await post(controlPath(none.dataDir).path, [event])
    expect([large, broken, other, logless].map(({ status }) => status)).toEqual([
      413, 400, 404, 409,
    ])
    for (const { body } of [large, broken, other, logless])
      expect(body).toMatchObject({ error: { code: 'control-request-invalid' } })
  })
})
