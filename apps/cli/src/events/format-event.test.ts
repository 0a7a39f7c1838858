import type { AuditReader, AuditRecord } from '@keeptrusts/audit-store'
import { describe, expect, it } from 'vitest'
import { completedRecord, decidedRecord } from '../fixtures/records.ts'
import { plainStyle } from '../output/style.ts'
import { findEvent } from './find-event.ts'
import { formatEvent } from './format-event.ts'
import { toEventJson } from './to-event-json.ts'

function readerOf(...records: AuditRecord[]): Pick<AuditReader, 'find'> {
  return {
    find: (id) => records.filter((record) => record.id === id || record.request_id === id),
  }
}

function show(id: string, ...records: AuditRecord[]): string {
  const event = findEvent(readerOf(...records), id)
  return event === null ? '' : formatEvent(event, { style: plainStyle, local: false })
}

describe('kt events show', () => {
  it('gives the whole picture of a call by the id of either of its events', () => {
    const records = [decidedRecord(), completedRecord()]
    const text = show(decidedRecord().id, ...records)
    expect(show(completedRecord().id, ...records)).toBe(text)
    expect(text).toBe(`evt_01890000-0000-7000-8000-000000000001  redact  pii_detected
  Time      2026-01-31T12:00:00.123Z
  Request   req_01890000-0000-7000-8000-000000000000
  Caller    anonymous hmac:aa
  Endpoint  POST /v1/chat/completions (stream)
  Model     my-chat-model
  Target    mlflow-chat (openai, my-chat-model, mlflow:5000)
  Status    200 (upstream 200)
  Blamed    messages[0].content
  Tokens    25 in, 110 out
  Took      812 ms (upstream 800 ms, overhead 12 ms)
  Config    mlflow-governance 1.0.0 c0ffee
  Content   345 bytes, hmac beef
  Records   request.decided #7, request.completed #8

Request
  prompt-injection  pass    0.31 ms
  pii-detector      redact  pii_detected  0.10 ms
    redact  EMAIL_ADDRESS  email  0.990  messages[0].content (user) 11-27
    and 2 more

Answer
  pii-detector  pass  0.02 ms

Not scanned
  image ×2
`)
  })

  it('says how a call was cut off', () => {
    const aborted = {
      ...decidedRecord(),
      id: 'evt_3',
      type: 'request.aborted',
      seq: 9,
      reason: 'client_gone',
      refs: { decided: decidedRecord().id },
    }
    const text = show(String(decidedRecord().request_id), decidedRecord(), aborted)
    expect(text).toContain('evt_3  request.aborted #9')
    expect(text).toMatch(/ {2}reason +client_gone/)
  })

  it('shows an event that belongs to no call field by field', () => {
    const started = {
      id: 'evt_9',
      type: 'gateway.started',
      time: '2026-01-31T12:00:00.000Z',
      log: 'aa',
      seq: 0,
      gateway: { version: '0.1.0', boot: 'b' },
    }
    expect(show('evt_9', started)).toBe(
      'evt_9  gateway.started #0\n  time     2026-01-31T12:00:00.000Z\n  gateway  {"version":"0.1.0","boot":"b"}\n',
    )
  })

  it('prints nothing that a terminal obeys, wherever it was stored', () => {
    const evil = 'x\u001b[31m\u009b2J'
    const decided = decidedRecord({
      model: evil,
      param: evil,
      reason_code: evil,
      not_scanned: { [evil]: 1 },
      policies: [
        { policy: evil, verdict: evil, reason: evil, findings: [{ rule: evil, address: evil }] },
      ],
    })
    const other = { ...decided, id: evil, type: 'request.aborted', [evil]: [evil] }
    const text = show(String(decided.request_id), decided, other)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
    expect(text).toContain('x\\u{1b}[31m')
  })

  it('finds nothing for an unknown id', () => {
    expect(findEvent(readerOf(decidedRecord()), 'evt_none')).toBeNull()
  })
})

it('holds the stored records in JSON', () => {
  const event = findEvent(readerOf(decidedRecord(), completedRecord()), decidedRecord().id)
  expect(event && toEventJson(event)).toMatchObject({
    event_type: 'decision',
    verdict: 'redact',
    records: [{ seq: 7 }, { seq: 8 }],
  })
})
