import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { readWholeLog } from './fixtures/read-log.ts'
import { anEvent, temporaryLog } from './fixtures/temporary-log.ts'
import { openAuditReader } from './open-audit-reader.ts'
import type { AuditStoreOptions, OpenedAuditStore } from './open-audit-store.ts'
import { openAuditStore } from './open-audit-store.ts'
import { AuditUnavailableError, InvalidEventError, StoreInUseError } from './store-errors.ts'

vi.setConfig({ testTimeout: 30_000 })
const newLog = (): AuditStoreOptions => temporaryLog(onTestFinished)

async function open(options: AuditStoreOptions): Promise<OpenedAuditStore> {
  const store = await openAuditStore(options)
  onTestFinished(() => store.close())
  return store
}

describe('openAuditStore', () => {
  it('makes a log once, and says so with its public key', async () => {
    const options = newLog()
    const first = await openAuditStore(options)
    expect(first).toMatchObject({ created: true, state: 'open' })
    expect(first.publicKey).toMatch(
      new RegExp(`^keeptrusts\\.local/audit/${first.log}\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]{44}$`),
    )
    await first.close()
    const second = await open(options)
    expect(second).toMatchObject({ created: false, log: first.log, publicKey: first.publicKey })
  })

  it('has a record on disk, for every other process to read, when it is acknowledged', async () => {
    const options = newLog()
    const store = await open({ ...options, now: () => 1_700_000_000_000 })
    const receipt = await store.record(anEvent(1, { request_id: 'req_1', flag: true }))
    expect(receipt).toEqual({ log: store.log, seq: 1, ts: 1_700_000_000_000 })
    const reader = openAuditReader(options)
    expect(reader.find('evt_1')).toEqual([
      {
        ...anEvent(1, { request_id: 'req_1', flag: true }),
        log: store.log,
        seq: 1,
        ts: 1_700_000_000_000,
      },
    ])
    reader.close()
  })

  it('gives every one of many concurrent records its own place', async () => {
    const options = newLog()
    const store = await open(options)
    const ids = Array.from({ length: 1000 }, (_, index) => index)
    const receipts = await Promise.all(ids.map((id) => store.record(anEvent(id))))
    expect(receipts.map(({ seq }) => seq)).toEqual(ids.map((id) => id + 1))
    expect(readWholeLog(options.dir).map((event) => event['id'])).toEqual(
      ids.map((id) => `evt_${id}`),
    )
  })

  it('refuses an event it cannot keep, and only that one', async () => {
    const options = newLog()
    const store = await open(options)
    const [bad, good] = await Promise.allSettled([
      store.append(anEvent(1, { score: 0.5 })),
      store.append(anEvent(2)),
    ])
    expect(bad).toMatchObject({ status: 'rejected', reason: expect.any(InvalidEventError) })
    expect(good.status).toBe('fulfilled')
    expect(store.state).toBe('open')
    expect(readWholeLog(options.dir)).toHaveLength(1)
  })

  it('lets one writer in', async () => {
    const options = newLog()
    await open(options)
    await expect(openAuditStore(options)).rejects.toThrow(StoreInUseError)
    await expect(openAuditStore(options)).rejects.toThrow(`process ${process.pid}`)
  })

  it('hashes text with the key of the log', async () => {
    const options = newLog()
    const store = await open(options)
    const key = readFileSync(join(options.keysDir, 'prompt-hmac.key'), 'utf8').trim()
    const expected = createHmac('sha256', Buffer.from(key, 'hex')).update('héllo').digest('hex')
    expect(store.hmac('héllo')).toBe(expected)
  })

  it('remembers a configuration by its hash', async () => {
    const options = newLog()
    const store = await open(options)
    await store.rememberConfig('h1', '{"a":1}')
    await store.rememberConfig('h1', '{"a":1}')
    const reader = openAuditReader(options)
    expect([reader.config('h1'), reader.config('h2')]).toEqual(['{"a":1}', null])
    reader.close()
  })

  it('keeps what is in flight when it is closed, and takes nothing afterwards', async () => {
    const options = newLog()
    const store = await openAuditStore(options)
    const inFlight = Promise.all(Array.from({ length: 300 }, (_, id) => store.record(anEvent(id))))
    await store.close()
    expect(await inFlight).toHaveLength(300)
    expect(store.state).toBe('closed')
    await expect(store.append(anEvent('late'))).rejects.toThrow(AuditUnavailableError)
    await store.close()
    expect(readWholeLog(options.dir)).toHaveLength(300)
  })

  it('never records a time before that of the event before', async () => {
    let now = 2000
    const store = await open({ ...newLog(), now: () => now })
    const before = await store.record(anEvent(1))
    now = 1000
    const after = await store.record(anEvent(2))
    expect([before.ts, after.ts]).toEqual([2000, 2000])
  })
})

describe('requests a crash cut off', () => {
  const decided = (id: string, decision = 'allow') =>
    anEvent(`d-${id}`, { type: 'request.decided', request_id: `req_${id}`, decision })
  const ended = (id: string, type: string) =>
    anEvent(`${type}-${id}`, { type, request_id: `req_${id}` })

  it('are recorded as aborted by the next start, once', async () => {
    const options = newLog()
    const crashed = await openAuditStore(options)
    await crashed.append(decided('before'))
    await crashed.append(anEvent('start', { type: 'gateway.started' }))
    await crashed.append(decided('open'))
    await crashed.append(decided('redacted', 'redact'))
    await crashed.append(decided('blocked', 'block'))
    for (const [id, type] of [
      ['done', 'request.completed'],
      ['left', 'request.aborted'],
    ] as const) {
      await crashed.append(decided(id))
      await crashed.append(ended(id, type))
    }
    await crashed.close()
    await (await openAuditStore(options)).close()
    await (await openAuditStore(options)).close()
    const aborted = readWholeLog(options.dir).filter((event) => 'reason' in event)
    expect(aborted).toMatchObject([
      { request_id: 'req_open', reason: 'gateway_crash', refs: { decided: 'evt_d-open' } },
      { request_id: 'req_redacted', reason: 'gateway_crash', refs: { decided: 'evt_d-redacted' } },
    ])
    expect(aborted.map(({ type }) => type)).toEqual(['request.aborted', 'request.aborted'])
  })

  it('are none after a clean stop', async () => {
    const options = newLog()
    const store = await openAuditStore(options)
    await store.append(decided('open'))
    await store.append(anEvent('stop', { type: 'gateway.stopped' }))
    await store.close()
    await (await openAuditStore(options)).close()
    expect(readWholeLog(options.dir)).toHaveLength(2)
  })
})
