import { describe, expect, it } from 'vitest'
import { completedRecord, decidedRecord } from '../fixtures/records.ts'
import { toCall } from './call.ts'
import { callFacts } from './call-facts.ts'
import { toCallJson } from './to-call-json.ts'

describe('a row of the log', () => {
  it('is the decided and the completed record of a call, joined', () => {
    const call = toCall({ decided: decidedRecord(), completed: completedRecord() })
    expect(call).toMatchObject({
      id: decidedRecord().id,
      timestamp: decidedRecord().time,
      verdict: 'redact',
      target: 'mlflow-chat',
      provider: 'openai',
      usage: { input_tokens: 25, output_tokens: 110 },
      latency_ms: 812.4,
      status: 200,
      completed: true,
    })
    expect(call?.policies.map(({ stage, policy, verdict }) => [stage, policy, verdict])).toEqual([
      ['request', 'prompt-injection', 'pass'],
      ['request', 'pii-detector', 'redact'],
      ['response', 'pii-detector', 'pass'],
    ])
  })

  it('takes the outcome from the answer when the answer was worse', () => {
    const completed = completedRecord({ decision: 'block', policy: 'dlp-filter', reason_code: 'x' })
    expect(toCall({ decided: decidedRecord(), completed })).toMatchObject({
      verdict: 'block',
      policy: 'dlp-filter',
      reason_code: 'x',
    })
  })

  it('tells which targets were asked', () => {
    const tries = [
      { target: 'first', code: 'upstream_error', upstream_status: 503, duration_us: 900 },
      { target: 'second', code: 'ok', upstream_status: 200, duration_us: 1200 },
    ]
    const row = { decided: decidedRecord(), completed: completedRecord({ tries }) }
    const call = toCall(row)
    expect(call?.tries).toEqual(tries)
    const facts = new Map(call ? callFacts(call, row, call.timestamp) : [])
    expect(facts.get('Tries')).toBe('first upstream_error (503), then second ok (200)')
  })

  it('stands alone while the call runs, and for a call that was blocked before the model', () => {
    const decided = decidedRecord({ decision: 'block' })
    expect(toCall({ decided, completed: null })).toMatchObject({
      verdict: 'block',
      completed: false,
      usage: null,
      latency_ms: 2.4,
    })
  })

  it('stands alone when only the end of the call was recorded', () => {
    expect(toCall({ decided: null, completed: completedRecord() })).toMatchObject({
      id: completedRecord().id,
      policies: [{ stage: 'response' }],
    })
    expect(toCall({ decided: null, completed: null })).toBeNull()
  })

  it('survives a record of which it knows nothing', () => {
    const strange = { id: 'evt_x', type: 'request.decided', time: 'now', log: '', seq: 1 }
    expect(toCall({ decided: { ...strange, policies: 'none' }, completed: null })).toMatchObject({
      verdict: 'error',
      policies: [],
      target: null,
    })
  })
})

it('has the fields of the product in JSON, then ours', () => {
  const call = toCall({ decided: decidedRecord(), completed: completedRecord() })
  const json = call && toCallJson(call)
  expect(Object.keys(json ?? {}).slice(0, 8)).toEqual([
    'id',
    'event_type',
    'timestamp',
    'verdict',
    'reason_code',
    'model',
    'provider',
    'config_version',
  ])
  expect(json).toMatchObject({
    event_type: 'decision',
    config_version: '1.0.0',
    request_id: decidedRecord().request_id,
    param: 'messages[0].content',
  })
})
