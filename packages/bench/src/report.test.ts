import { expect, test } from 'vitest'
import { goalsTable } from './goals.ts'
import { compare, summarize } from './interleave.ts'
import { renderReport } from './report.ts'
import type { Sample } from './sample.ts'
import { loadTable } from './scenarios/load-table.ts'
import { decimals, spread } from './show-figures.ts'
import { spreadOf } from './statistics.ts'
import type { Subject } from './subjects/subject.ts'

const of = (p50: number, rps: number, cpuUs: number | null = 100): Sample => {
  return { p50, p99: p50 * 2, rps, cpuUs }
}
const named = (name: string) => ({ name, port: 1 }) as Subject

test('ratios and differences are taken within a round, and their range is that of the rounds', () => {
  const { p50Added, rpsRatio, cpuRatio } = compare(
    [of(0.5, 300), of(1, 200), of(2, 100)],
    [of(0.1, 600), of(0.2, 200), of(0.3, 400)],
  )
  expect(p50Added).toEqual({ median: 0.8, min: 0.4, max: 1.7 })
  expect(rpsRatio).toEqual({ median: 0.5, min: 0.25, max: 1 })
  expect(cpuRatio.median).toBe(1)
})

test('what was measured only on one side is compared with nothing', () => {
  expect(compare([of(1, 1)], []).p50Added.median).toBeNaN()
  expect(summarize([of(1, 1, null)]).cpuUs.median).toBeNaN()
})

test('a table of load has ratios before what was measured itself, and says n/a for a peer that is not there', () => {
  const [direct, nginx, gateway] = [named('direct'), named('nginx'), named('gateway')]
  const { head, rows } = loadTable('c=1', {
    subjects: [direct, nginx, gateway],
    samples: [[of(0.1, 9000, 20)], [of(0.2, 6000, 10)], [of(0.5, 3000, 35)]],
    ...{ direct, nginx, portkey: null },
  })
  expect(head.slice(0, 3)).toEqual(['path', 'added p50 ms', 'requests/s / nginx'])
  expect(rows[2]).toEqual([
    ...['gateway', '0.400', '0.500', 'n/a', '3.50', 'n/a'],
    ...['0.500', '1.00', '3000', '35.0'],
  ])
})

test('a figure has the decimals that its size is worth, and its range only where there is one', () => {
  expect([0.0123, 1.234, 12.34, 123.4].map(decimals)).toEqual(['0.012', '1.23', '12.3', '123'])
  expect(spread(spreadOf([2]))).toBe('2.00')
  expect(spread(spreadOf([1, 3, 2]))).toBe('2.00 (1.00..3.00)')
  expect(spread(spreadOf([]))).toBe('n/a')
})

test('goals are decided by medians, also against another figure of the run', () => {
  const { rows } = goalsTable({
    bareRpsOverNginx: spreadOf([0.4, 0.46, 0.5]),
    bareRpsOverPortkey: spreadOf([9]),
    bareAddedMs: spreadOf([0.26]),
    fullAddedMs: spreadOf([0.7]),
    portkeyAddedMs: spreadOf([0.8]),
  })
  const [first, second, third] = rows
  expect(first?.slice(2)).toEqual(['0.460 (0.400..0.500) × nginx, 9.00 × Portkey', 'yes'])
  expect(second?.[3]).toBe('**no**')
  expect(third?.slice(2)).toEqual(['0.700 ms against 0.800 ms', 'yes'])
})

test('a goal is missed when one of its figures is, and never met by what was not measured', () => {
  const met = (figures: Parameters<typeof goalsTable>[0]) => goalsTable(figures).rows[0]?.[3]
  expect(met({})).toBe(undefined)
  expect(met({ bareRpsOverNginx: spreadOf([0.5]) })).toBe('not measured')
  expect(met({ bareRpsOverNginx: spreadOf([0.5]), bareRpsOverPortkey: spreadOf([]) })).toBe(
    'not measured',
  )
  expect(met({ bareRpsOverNginx: spreadOf([0.1]) })).toBe('**no**')
  const [alone] = goalsTable({ fullAddedMs: spreadOf([0.1]) }).rows
  expect(alone?.slice(2)).toEqual(['0.100 ms against nothing measured', 'not measured'])
})

test('a report has a part for each scenario and the goals of all of them at its end', () => {
  const section = (title: string, figures: object) => ({
    ...{ title, method: 'Somehow.', figures },
    tables: [{ title: `${title} table`, head: ['a', 'b'], rows: [['1', '2']] }],
  })
  const text = renderReport({
    date: '2026-01-01',
    machine: '2 cores',
    quick: false,
    sections: [
      section('One', { bareAddedMs: spreadOf([0.2]) }),
      section('Two', { versionOverNode: spreadOf([1.3]) }),
    ],
  })
  expect(text).toContain('## One\n\nSomehow.\n\n### One table\n\n| a | b |\n|---|---|\n| 1 | 2 |\n')
  expect(text.indexOf('## Goals')).toBeGreaterThan(text.indexOf('## Two'))
  expect(text).toMatch(/added p50 at c=1 \| ≤ 0.25 ms \| 0.200 ms \| yes \|/)
  expect(text).toMatch(/`kt --version` \| .* \| 1.30 × node \| \*\*no\*\* \|/)
})
