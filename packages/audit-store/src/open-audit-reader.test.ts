import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { AuditEvent } from '@keeptrusts/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { AuditReader, CallFilter, CallRow } from './audit-store.ts'
import { callQuery, recordQuery } from './call-query.ts'
import { canonicalEvent } from './canonical-event.ts'
import { anEvent, temporaryLog } from './fixtures/temporary-log.ts'
import { LogWriter } from './log-writer.ts'
import { openAuditReader } from './open-audit-reader.ts'
import { openSqlite } from './open-sqlite.ts'
import { StoreMissingError } from './store-errors.ts'

interface TestLog {
  readonly dir: string
  readonly log: string
  readonly add: (event: AuditEvent, at?: number) => void
  readonly reader: AuditReader
}

function testLog(): TestLog {
  const folders = temporaryLog(onTestFinished)
  const writer = LogWriter.open({ ...folders, now: () => 0 })
  onTestFinished(() => writer.close())
  const reader = openAuditReader(folders)
  onTestFinished(() => reader.close())
  const { log } = writer.opened
  return {
    dir: folders.dir,
    log,
    add: (event, at = 0) => void writer.append([canonicalEvent(event, log, at)]),
    reader,
  }
}

const decided = (id: string, fields: Partial<AuditEvent> = {}) =>
  anEvent(`d${id}`, {
    type: 'request.decided',
    request_id: `req_${id}`,
    decision: 'allow',
    ...fields,
  })
const completed = (id: string, fields: Partial<AuditEvent> = {}) =>
  anEvent(`c${id}`, {
    type: 'request.completed',
    request_id: `req_${id}`,
    decision: 'allow',
    ...fields,
  })

const aborted = (id: string) =>
  anEvent(`a${id}`, { type: 'request.aborted', request_id: `req_${id}`, decision: 'error' })

const ids = ({ decided: first, completed: second }: CallRow) => [
  first?.id ?? null,
  second?.id ?? null,
]

function callIds(reader: AuditReader, filter: Partial<CallFilter> = {}): unknown[] {
  return reader.calls({ limit: 100, ...filter }).map(ids)
}

describe('openAuditReader', () => {
  it('says where it looked when there is no log', () => {
    const { dir } = temporaryLog(onTestFinished)
    expect(() => openAuditReader({ dir })).toThrow(StoreMissingError)
    expect(() => openAuditReader({ dir })).toThrow(join(dir, 'audit.db'))
  })

  it('cannot write', () => {
    const { dir } = testLog()
    const database = openSqlite(join(dir, 'audit.db'), { readonly: true })
    expect(() => database.exec('DELETE FROM head')).toThrow('readonly')
    database.close()
  })

  it('sees what is written while it is open, without keeping the writer waiting', async () => {
    const { add, reader } = testLog()
    for (let id = 0; id < 50; id++) {
      add(decided(String(id)))
      expect(reader.calls({ limit: 1 }).map(ids)).toEqual([[`evt_d${id}`, null]])
      if (id % 10 === 0) await sleep(1)
    }
  })
})

describe('calls', () => {
  it('join the two records of a call, newest call first', () => {
    const { add, reader } = testLog()
    for (const event of [
      decided('1'),
      decided('2'),
      completed('1'),
      decided('3', { decision: 'block' }),
    ]) {
      add(event)
    }
    expect(callIds(reader)).toEqual([
      ['evt_d3', null],
      ['evt_d2', null],
      ['evt_d1', 'evt_c1'],
    ])
    expect(callIds(reader, { limit: 2 })).toHaveLength(2)
    expect(callIds(reader, { limit: 0 })).toEqual([])
  })

  it('include one of which only the end was recorded, and nothing that is no call', () => {
    const { add, reader } = testLog()
    add(anEvent('s', { type: 'gateway.started' }))
    add(completed('1', { decision: 'redact' }))
    add(aborted('2'))
    expect(callIds(reader)).toEqual([
      [null, 'evt_a2'],
      [null, 'evt_c1'],
    ])
  })

  it('are filtered by the outcome of the whole call', () => {
    const { add, reader } = testLog()
    add(decided('1', { decision: 'redact' }))
    add(completed('1', { decision: 'block' }))
    add(decided('2', { decision: 'block' }))
    add(decided('3'))
    add(completed('3'))
    add(decided('4', { decision: 'redact' }))
    const found = (verdict: string) =>
      callIds(reader, { verdict }).map((row) => (row as string[])[0])
    expect(found('block')).toEqual(['evt_d2', 'evt_d1'])
    expect(found('redact')).toEqual(['evt_d4'])
    expect(found('allow')).toEqual(['evt_d3'])
    expect(found('error')).toEqual([])
    add(decided('5'))
    add(aborted('5'))
    expect(found('error')).toEqual(['evt_d5'])
    expect(found('allow')).toEqual(['evt_d3'])
    expect(found("x' OR 1=1 --")).toEqual([])
  })

  it('are filtered by what a policy did, or would have done, to request or answer', () => {
    const { add, reader } = testLog()
    const policies = (policy: string, verdict: string) => ({ policies: [{ policy, verdict }] })
    add(decided('1', policies('pii-detector', 'redact')))
    add(decided('2', policies('pii-detector', 'pass')))
    add(decided('3', policies('pii-detector', 'would_block')))
    add(decided('4', policies('pii-detector', 'pass')))
    add(completed('4', policies('pii-detector', 'block')))
    add(decided('5', policies('prompt-injection', 'block')))
    add(decided('6'))
    expect(callIds(reader, { policy: 'pii-detector' })).toEqual([
      ['evt_d4', 'evt_c4'],
      ['evt_d3', null],
      ['evt_d1', null],
    ])
    expect(callIds(reader, { policy: 'pii-detector', limit: 1 })).toHaveLength(1)
  })

  it('are filtered by model and by time, both ends included', () => {
    const { add, reader } = testLog()
    add(decided('1', { model: 'a' }), 1000)
    add(decided('2', { model: 'b' }), 2000)
    add(decided('3', { model: 'a' }), 2000)
    add(decided('4', { model: 'a' }), 3000)
    const found = (filter: Partial<CallFilter>) =>
      callIds(reader, filter).map((row) => (row as string[])[0])
    expect(found({ model: 'a' })).toEqual(['evt_d4', 'evt_d3', 'evt_d1'])
    expect(found({ since: 2000 })).toEqual(['evt_d4', 'evt_d3', 'evt_d2'])
    expect(found({ until: 2000 })).toEqual(['evt_d3', 'evt_d2', 'evt_d1'])
    expect(found({ since: 1500, until: 2999, model: 'a' })).toEqual(['evt_d3'])
    expect(found({ since: 3001 })).toEqual([])
    expect(found({ until: 999 })).toEqual([])
  })

  it('are read from the end of the log by index, not sorted', () => {
    const { dir } = testLog()
    const database = openSqlite(join(dir, 'audit.db'), { readonly: true })
    for (const filter of [{}, { since: 1, until: 2 }, { model: 'm' }, { verdict: 'allow' }]) {
      for (const { sql, parameters } of [callQuery(filter), recordQuery(filter)]) {
        const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters, 1_000, 5)
        expect(JSON.stringify(plan)).not.toContain('TEMP B-TREE')
      }
    }
    const { sql, parameters } = callQuery({ verdict: 'block' })
    const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters, 1_000, 5)
    expect(JSON.stringify(plan)).toContain('events_acted')
    database.close()
  })
})

describe('records', () => {
  it('are everything in the log, newest first, with the same filters', () => {
    const { add, reader, log } = testLog()
    add(anEvent('s', { type: 'gateway.started' }), 1)
    add(decided('1', { decision: 'block' }), 2)
    add(completed('2', { decision: 'redact' }), 3)
    const found = (filter: Partial<CallFilter>) =>
      reader.records({ limit: 100, ...filter }).map(({ id }) => id)
    const [genesis] = reader.find(`${log}/0`)
    expect(found({})).toEqual(['evt_c2', 'evt_d1', 'evt_s', genesis?.id])
    expect(found({ limit: 1 })).toEqual(['evt_c2'])
    expect(found({ verdict: 'block' })).toEqual(['evt_d1'])
    expect(found({ until: 1 })).toEqual(['evt_s', genesis?.id])
  })
})

describe('find', () => {
  it('finds records by event id, by request id in the order they were written, and by place', () => {
    const { add, reader, log } = testLog()
    add(decided('1'))
    add(decided('2'))
    add(completed('1'))
    const found = (id: string) => reader.find(id).map((record) => record.id)
    expect(found('evt_d2')).toEqual(['evt_d2'])
    expect(found('req_1')).toEqual(['evt_d1', 'evt_c1'])
    expect(found(`${log}/2`)).toEqual(['evt_d2'])
    expect(found(`${log}/9`)).toEqual([])
    expect(found(`${'0'.repeat(32)}/1`)).toEqual([])
    expect(found('evt_unknown')).toEqual([])
  })
})
