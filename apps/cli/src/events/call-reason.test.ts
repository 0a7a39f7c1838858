import { expect, it } from 'vitest'
import { completedRecord, decidedRecord } from '../fixtures/records.ts'
import type { Call } from './call.ts'
import { toCall } from './call.ts'
import { blamedPolicy, callReason } from './call-reason.ts'

const run = (policy: string, verdict: string, reason: string | null) => ({
  policy,
  verdict,
  reason,
})

function callOf(fields: object): Call {
  const call = toCall({ decided: decidedRecord(fields), completed: null })
  if (call === null) throw new Error('not expected')
  return call
}

const passed = { decision: 'allow', reason_code: 'all_policies_passed', policy: null }
const watched = [
  run('pii-detector', 'would_redact', 'pii_detected'),
  run('prompt-injection', 'would_block', 'prompt_injection_detected'),
]

it('says of an allowed call what monitoring policies would have done, the block first', () => {
  const call = callOf({ ...passed, policies: watched })
  expect(call.verdict).toBe('allow')
  expect(callReason(call)).toBe(
    'would_block: prompt_injection_detected, would_redact: pii_detected',
  )
  expect(blamedPolicy(call)).toBe('prompt-injection')
})

it('names what happened before what would have', () => {
  const call = callOf({ policies: watched.slice(1) })
  expect(callReason(call)).toBe('pii_detected, would_block: prompt_injection_detected')
  expect(blamedPolicy(call)).toBe('pii-detector')
})

it('counts what was found in the answer, once', () => {
  const sides = { ...passed, policies: watched.slice(0, 1) }
  const call = toCall({ decided: decidedRecord(sides), completed: completedRecord(sides) })
  expect(call && callReason(call)).toBe('would_redact: pii_detected')
})

it('is the code alone when nothing was only watched', () => {
  expect(callReason(callOf({ ...passed, policies: [run('x', 'pass', null)] }))).toBe(
    'all_policies_passed',
  )
  expect(callReason(callOf({ reason_code: null, policies: [] }))).toBeNull()
})
