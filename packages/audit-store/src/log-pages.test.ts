import { writeFileSync } from 'node:fs'
import type { AuditEvent } from '@keeptrusts/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { AuditReader } from './audit-store.ts'
import { canonicalEvent } from './canonical-event.ts'
import { anEvent, temporaryLog } from './fixtures/temporary-log.ts'
import { logKeyFiles } from './log-keys.ts'
import { LogWriter } from './log-writer.ts'
import { openAuditReader } from './open-audit-reader.ts'
import { openAuditStore } from './open-audit-store.ts'
import { openSqlite } from './open-sqlite.ts'
import { StoreRefusedError } from './store-errors.ts'

interface TestLog {
  readonly database: string
  readonly log: string
  readonly reader: AuditReader
  add(event: AuditEvent, at?: number): void
}

function testLog(): TestLog {
  const folders = temporaryLog(onTestFinished)
  const writer = LogWriter.open(folders)
  onTestFinished(() => writer.close())
  const reader = openAuditReader(folders)
  onTestFinished(() => reader.close())
  const { log } = writer.opened
  return {
    database: `${folders.dir}/audit.db`,
    log,
    reader,
    add: (event, at = 0) => void writer.append([canonicalEvent(event, log, at)]),
  }
}

describe('the log in its own order', () => {
  it('says which records there are, and gives them as they are stored', () => {
    const { log, reader, add } = testLog()
    const { end: start } = reader.extent()
    for (const at of [1000, 2000, 3000]) add(anEvent(at), at)
    expect(reader.extent()).toEqual({ log, first: 0, end: start + 3 })
    const [row, ...others] = reader.bodies({ from: start + 1, to: start + 3 }, 1)
    expect(others).toEqual([])
    expect(row?.seq).toBe(start + 1)
    expect(row?.body).toMatch(/^\{"id":"evt_2000","log":"[0-9a-f]{32}","seq":\d+,"time"/)
    expect(reader.bodies({ from: start + 3, to: start + 9 }, 10)).toEqual([])
  })

  it('turns times into places', () => {
    const { reader, add } = testLog()
    // A new log may begin with events of its own, at the time of the clock.
    const base = Date.now() + 60_000
    const { end: start } = reader.extent()
    for (const after of [0, 10, 10, 20]) add(anEvent(after), base + after)
    const range = (since?: number, until?: number) => {
      const { from, to } = reader.rangeOf({
        ...(since === undefined ? {} : { since: base + since }),
        ...(until === undefined ? {} : { until: base + until }),
      })
      return [from - start, to - start]
    }
    expect(range(undefined, undefined)).toEqual([0 - start, 4])
    expect(range(10, 10)).toEqual([1, 3])
    expect(range(11)).toEqual([3, 4])
    expect(range(undefined, 9)).toEqual([0 - start, 1])
    expect(range(21)).toEqual([4, 4])
    expect(range(12, 15)).toEqual([3, 3])
  })

  it('has another version after an append, and the same without one', () => {
    const { reader, add } = testLog()
    const before = reader.version()
    expect(reader.version()).toBe(before)
    add(anEvent(1))
    const after = reader.version()
    expect(after).not.toBe(before)
    expect(reader.version()).toBe(after)
  })

  it('finds the newest settings, by their index', () => {
    const { database, reader, add } = testLog()
    expect(reader.lastSettings()).toBeNull()
    for (const n of [1, 2]) add(anEvent(n, { type: 'gateway.started', recording: `mode${n}` }))
    add(anEvent(3, { type: 'gateway.stopped' }))
    expect(reader.lastSettings()).toMatchObject({ id: 'evt_2', recording: 'mode2' })
    add(anEvent(4, { type: 'config.changed', paths: [] }))
    expect(reader.lastSettings()).toMatchObject({ id: 'evt_2' })
    add(anEvent(5, { type: 'config.changed', retention_days: 3, recording: 'every' }))
    add(anEvent(6, { type: 'config.reload_failed' }))
    expect(reader.lastSettings()).toMatchObject({ id: 'evt_5', recording: 'every' })
    const plan = openSqlite(database, { readonly: true })
      .prepare<unknown[], { detail: string }>(
        `EXPLAIN QUERY PLAN SELECT body FROM events WHERE request_id IS NULL AND type = 'gateway.started'
         ORDER BY seq DESC LIMIT 1`,
      )
      .all()
    expect(plan.map(({ detail }) => detail)).toEqual([
      'SEARCH events USING INDEX events_own (type=?)',
    ])
  })

  it('hashes a text as the writer does, under the key of this log only', async () => {
    const folders = temporaryLog(onTestFinished)
    const store = await openAuditStore(folders)
    onTestFinished(() => store.close())
    const reader = openAuditReader(folders)
    onTestFinished(() => reader.close())
    const { prompt } = logKeyFiles(folders.keysDir)
    expect(reader.hmac('Grüße', prompt)).toBe(store.hmac('Grüße'))
    expect(() => reader.hmac('Grüße', `${prompt}.none`)).toThrow(StoreRefusedError)
    const other = `${prompt}.other`
    writeFileSync(other, 'ab'.repeat(32), { mode: 0o600 })
    expect(() => reader.hmac('Grüße', other)).toThrow(/is not the key of this audit log/)
  })

  it('finds the calls that carried a text by its hash', () => {
    const { reader, add } = testLog()
    const call = (n: number, hmac: string) =>
      anEvent(n, { request_id: `req_${n}`, content: { hmac, level: 'hmac' } })
    add(call(1, 'aa'))
    add(call(2, 'bb'))
    add(call(3, 'aa'))
    // A record about the search itself is not a call.
    add(anEvent(4, { type: 'audit.read', filter: { hmac: 'aa' } }))
    const found = (...hmacs: string[]) => reader.withHash(hmacs, 9).map(({ id }) => id)
    expect(found('aa')).toEqual(['evt_3', 'evt_1'])
    expect(found('aa', 'bb')).toEqual(['evt_3', 'evt_2', 'evt_1'])
    expect(found('cc')).toEqual([])
    add(anEvent(5, { request_id: 'req_5', actor: { ip: 'cc' } }))
    expect(found('cc')).toEqual(['evt_5'])
  })
})
