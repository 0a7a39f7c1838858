import { expect, it } from 'vitest'
import { completedRecord, decidedRecord } from '../fixtures/records.ts'
import { colourStyle, plainStyle } from '../output/style.ts'
import type { Call } from './call.ts'
import { toCall } from './call.ts'
import { formatCallTable } from './format-call-table.ts'

const calls = [
  toCall({ decided: decidedRecord(), completed: completedRecord() }),
  toCall({
    decided: decidedRecord({
      decision: 'block',
      policy: 'prompt-injection',
      reason_code: 'prompt_injection_detected',
      target: null,
    }),
    completed: null,
  }),
].filter((call): call is Call => call !== null)

it('is plain, whole and in UTC for a pipe', () => {
  expect(formatCallTable(calls, null)).toBe(
    `TIME                      ID                                        VERDICT  REASON                     POLICY            MODEL          TARGET       TOKENS   MS
2026-01-31T12:00:00.123Z  evt_01890000-0000-7000-8000-000000000001  redact   pii_detected               pii-detector      my-chat-model  mlflow-chat     135  812
2026-01-31T12:00:00.123Z  evt_01890000-0000-7000-8000-000000000001  block    prompt_injection_detected  prompt-injection  my-chat-model  -                 -    2
`,
  )
})

it('fits an 80-column terminal with the time, the whole id, the verdict and the start of the reason', () => {
  const lines = formatCallTable(calls, { width: 80, style: plainStyle }).split('\n')
  expect(lines[0]).toMatch(/^TIME +ID +VERDICT +REASON$/)
  expect(lines[2]).toContain('evt_01890000-0000-7000-8000-000000000001  block    prompt_…')
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(83)
})

it('has all columns on a wide terminal, in colour', () => {
  const table = formatCallTable(calls, { width: 200, style: colourStyle })
  expect(table).toContain('MS')
  expect(table).toContain('\u001b[31mblock  \u001b[39m')
  expect(table).toContain('\u001b[33mredact \u001b[39m')
})

it('never lets a stored model name reach the terminal raw', () => {
  const evil = toCall({
    decided: decidedRecord({ model: 'm\u001b]0;pwned\u0007\n' }),
    completed: null,
  })
  const table = formatCallTable(evil === null ? [] : [evil], null)
  expect(table).toContain('m\\u{1b}]0;pwned\\u{7}\\u{a}')
  expect(table.split('\n')).toHaveLength(3)
})
