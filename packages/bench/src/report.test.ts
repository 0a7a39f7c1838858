import { expect, test } from 'vitest'
import { percentile } from './load.ts'
import { renderReport } from './report.ts'

test('a report gives added latency over direct and throughput against nginx of the same run', () => {
  const row = (subject: string, p50: number, rps: number) => ({
    subject,
    connections: 1,
    p50,
    p99: p50 * 2,
    rps,
    cpuUs: 100,
    rssMb: 50,
  })
  const text = renderReport({
    date: '2026-01-01',
    machine: 'm',
    method: 'x',
    requestBytes: 300,
    rows: [row('direct', 0.1, 9000), row('nginx', 0.2, 6000), row('gateway', 0.5, 3000)],
    atRest: [{ subject: 'gateway', rssMb: 60 }],
    commands: [{ command: 'kt --version', ms: 70, ratio: 1.1 }],
  })
  expect(text).toContain('| gateway | 0.50 | 1.00 | 0.40 | 0.80 | 3000 | 0.50 | 100 |')
  expect(text).toContain('| gateway | 60 | 50 |')
  expect(text).toContain('| `kt --version` | 70 | 1.10 |')
})

test('a percentile of a sorted list is a member of it', () => {
  const sorted = Float64Array.from([1, 2, 3, 4])
  expect(percentile(sorted, 0.5)).toBe(3)
  expect(percentile(sorted, 0.99)).toBe(4)
})
