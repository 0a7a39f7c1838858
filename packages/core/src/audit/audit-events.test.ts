import { describe, expect, test } from 'vitest'
import { assertAuditValue } from './assert-audit-value.ts'
import { buildCompletedEvent } from './completed-event.ts'
import { buildDecidedEvent } from './decided-event.ts'
import { newEventId, newRequestId } from './event-id.ts'

const config = { hash: 'abc', pack: { name: 'p', version: '1.0.0', enabled: true } }
const call = { requestId: 'req_1', time: Date.UTC(2026, 4, 6, 7, 8, 9, 10), config }
const passed = { outcome: 'allow', policies: [], not_scanned: {} } as const
const block = { policy: 'pii-detector', reason: 'pii_detected', param: 'messages[0].content' }
const blocked = { ...passed, outcome: 'block', block } as const

describe('ids', () => {
  test('are version 7 UUIDs that begin with their time', () => {
    const id = newEventId(0x0123456789ab)
    expect(id).toMatch(/^evt_01234567-89ab-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(newRequestId(0)).toMatch(/^req_00000000-0000-7/)
    expect(newEventId(2) > newEventId(1)).toBe(true)
  })

  test('differ, however many are made at once', () => {
    const ids = Array.from({ length: 20_000 }, () => newEventId(7))
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('request.completed', () => {
  const decided = (side: Parameters<typeof buildDecidedEvent>[0]['side']) =>
    buildDecidedEvent({ ...call, side })

  test('has the decision of the answer when it is the worse one', () => {
    const request = decided(passed)
    expect(buildCompletedEvent({ ...call, request, side: blocked })).toMatchObject({
      ...{
        type: 'request.completed',
        stage: 'response',
        request_id: 'req_1',
        time: '2026-05-06T07:08:09.010Z',
      },
      ...{
        decision: 'block',
        reason_code: 'pii_detected',
        policy: 'pii-detector',
        param: 'messages[0].content',
      },
      refs: { decided: request.id },
    })
  })

  test('has the decision of the request when that is the worse one', () => {
    const redact = {
      policy: 'pii-detector',
      verdict: 'redact',
      reason: 'pii_detected',
      findings: [],
      duration_us: 1,
    } as const
    const request = decided({ ...passed, outcome: 'redact', policies: [redact] })
    const event = buildCompletedEvent({ ...call, request, side: passed })
    expect(event).toMatchObject({
      decision: 'redact',
      reason_code: 'pii_detected',
      policy: 'pii-detector',
      policies: [],
    })
  })

  test('is an error with the code of what went wrong, whatever was decided before', () => {
    const event = buildCompletedEvent({
      ...call,
      request: decided(passed),
      side: null,
      errorCode: 'upstream_timeout',
    })
    expect(event).toMatchObject({
      decision: 'error',
      reason_code: 'upstream_timeout',
      policy: null,
      param: null,
    })
    assertAuditValue(event)
  })

  test('stands alone for an answer without a request', () => {
    expect(buildCompletedEvent({ ...call, request: null, side: passed })).toMatchObject({
      ...{ decision: 'allow', reason_code: 'all_policies_passed', refs: { decided: null } },
    })
  })
})

test('addresses stay short, however deep a caller digs', () => {
  const address = Array.from({ length: 100 }, () => 'a_long_key_that_was_made_up').join('.')
  const finding = {
    policy: 'p',
    rule: 'r',
    type: 'T',
    action: 'block',
    score: 1,
    address,
    role: null,
    start: 0,
    end: 1,
    enforced: true,
  } as const
  const verdict = {
    policy: 'p',
    verdict: 'block',
    reason: 'x',
    findings: [finding],
    duration_us: 0,
  } as const
  const event = buildDecidedEvent({
    ...call,
    side: { ...blocked, policies: [verdict], block: { ...block, param: address } },
  })
  expect(JSON.stringify(event).length).toBeLessThan(2500)
})

describe('what may be recorded', () => {
  test.each([
    ['text', 'x'],
    ['a large integer', 2 ** 53 - 1],
    ['nothing', undefined],
    ['lists and objects', [{ a: [null, true, -1] }]],
    ['an object without prototype', Object.assign(Object.create(null), { a: 1 })],
  ])('is %s', (_, value) => {
    expect(() => assertAuditValue({ value })).not.toThrow()
  })

  test.each([
    ['a fraction', 0.5],
    ['a number beyond 2^53', 2 ** 53],
    ['minus zero', -0],
    ['NaN', Number.NaN],
    ['a bigint', 1n],
    ['a date', new Date()],
    ['a function', () => 1],
    ['a key beyond ASCII', { ä: 1 }],
    ['an empty key', { '': 1 }],
  ])('is not %s', (_, value) => {
    expect(() => assertAuditValue({ a: [value] })).toThrow(/event\.a\[0\]/)
  })
})
