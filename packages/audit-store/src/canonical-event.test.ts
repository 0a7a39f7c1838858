import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalEvent } from './canonical-event.ts'
import { canonicalJson } from './canonical-json.ts'
import { EventRefusal } from './event-refusal.ts'

const base = { id: 'evt_1', type: 'request.decided', time: '2026-11-23T00:00:00.000Z' }
const log = 'ab'.repeat(16)
const field = fc
  .stringMatching(/^[a-z_]{1,6}$/)
  .filter((name) => !['log', 'seq', 'ts', 'id', 'type', 'time'].includes(name))

describe('canonicalEvent', () => {
  it('cuts the canonical text around seq and ts, whatever other fields there are', () => {
    fc.assert(
      fc.property(fc.dictionary(field, fc.integer()), fc.nat(), fc.nat(), (extra, seq, ts) => {
        const { body } = canonicalEvent({ ...base, ...extra }, log, ts)
        const text = `${body.head}${seq}${body.middle}${ts}${body.tail}`
        expect(text).toBe(canonicalJson({ ...base, ...extra, log, seq, ts }))
      }),
      { numRuns: 500 },
    )
  })

  it('copies the fields that lists are filtered by', () => {
    const event = {
      ...base,
      request_id: 'req_1',
      decision: 'block',
      model: 'm',
      actor: { subject: 'svc' },
      target: { id: 't' },
    }
    expect(canonicalEvent(event, log, 0).columns).toEqual({
      id: 'evt_1',
      type: 'request.decided',
      time: base.time,
      decision: 'block',
      requestId: 'req_1',
      model: 'm',
      principal: 'svc',
      target: 't',
    })
  })

  it('leaves out fields that are undefined', () => {
    const { body } = canonicalEvent({ ...base, decision: undefined } as never, log, 0)
    expect(body.head).toBe(`{"id":"evt_1","log":"${log}","seq":`)
  })

  it.each(['log', 'seq', 'ts'])('refuses an event that brings its own %s', (name) => {
    expect(() => canonicalEvent({ ...base, [name]: 1 }, log, 0)).toThrow(EventRefusal)
  })

  it.each(['id', 'type', 'time'])('refuses an event without %s', (name) => {
    expect(() => canonicalEvent({ ...base, [name]: '' }, log, 0)).toThrow(/must be a string/)
  })

  it('refuses an event of more than a mebibyte', () => {
    expect(() => canonicalEvent({ ...base, note: 'x'.repeat(1 << 20) }, log, 0)).toThrow(/longer/)
  })
})
