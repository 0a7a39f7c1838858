import type { Table } from './show-figures.ts'
import { decimals, spread } from './show-figures.ts'
import type { Spread } from './statistics.ts'

/** Figures that goals are about, each with its middle and its range over the rounds; absent where it was not measured. */
export type Figures = Partial<Readonly<Record<FigureName, Spread>>>

type FigureName =
  | 'bareRpsOverNginx'
  | 'bareRpsOverPortkey'
  | 'bareAddedMs'
  | 'bareCpuOverNginx'
  | 'fullAddedMs'
  | 'portkeyAddedMs'
  | 'fullRpsOverNginx'
  | 'fullRpsOverPortkey'
  | 'fullCpuOverNginx'
  | 'fullCpuOverPortkey'
  | 'fullSlowRpsOverNginx'
  | 'freshPromptAddedMs'
  | 'cachedPromptAddedMs'
  | 'promptLoopDelayMs'
  | 'fullFirstTextOverBareMs'
  | 'fullCpuPerEventUs'
  | 'portkeyCpuPerEventUs'
  | 'heldFailures'
  | 'heldKbEach'
  | 'heldRssMb'
  | 'soakSlopeMbPerMinute'
  | 'soakRssMb'
  | 'versionOverNode'
  | 'listOverNode'

/** One figure and its bound; a bound may be another figure of the same run. */
interface Measure {
  readonly figure: FigureName
  readonly bound: number | FigureName
  readonly at: 'least' | 'most'
  readonly unit: string
}

interface Goal {
  readonly what: string
  readonly goal: string
  /** All must be met. */
  readonly measures: readonly Measure[]
}

const most = (figure: FigureName, bound: number | FigureName, unit: string): Measure => ({
  ...{ figure, bound, unit, at: 'most' },
})
const least = (figure: FigureName, bound: number, unit: string): Measure => ({
  ...{ figure, bound, unit, at: 'least' },
})

// The page's chain and a durable log unless it says otherwise.
const goals: readonly Goal[] = [
  {
    what: 'no policies, log off: requests/s at c=64',
    goal: '≥ 0.45 × nginx and ≥ 9 × Portkey',
    measures: [
      least('bareRpsOverNginx', 0.45, '× nginx'),
      least('bareRpsOverPortkey', 9, '× Portkey'),
    ],
  },
  {
    what: 'no policies, log off: added p50 at c=1',
    goal: '≤ 0.25 ms',
    measures: [most('bareAddedMs', 0.25, 'ms')],
  },
  {
    what: 'full chain + durable log: added p50 at c=1',
    goal: '≤ Portkey without guardrails',
    measures: [most('fullAddedMs', 'portkeyAddedMs', 'ms')],
  },
  {
    what: 'the same: requests/s at c=64',
    goal: '≥ 0.20 × nginx and ≥ 5 × Portkey',
    measures: [
      least('fullRpsOverNginx', 0.2, '× nginx'),
      least('fullRpsOverPortkey', 5, '× Portkey'),
    ],
  },
  {
    what: 'the same with a model server of 50 ms at c=256: requests/s',
    goal: '≥ 0.85 × nginx',
    measures: [least('fullSlowRpsOverNginx', 0.85, '× nginx')],
  },
  {
    what: 'prompt of 100 KB at c=1, every message new: added p50',
    goal: '≤ 35 ms',
    measures: [most('freshPromptAddedMs', 35, 'ms')],
  },
  {
    what: 'prompt of 100 KB at c=1, over 90 % of its messages seen before: added p50',
    goal: '≤ 6 ms',
    measures: [most('cachedPromptAddedMs', 6, 'ms')],
  },
  {
    what: 'prompts of 100 KB at c=16: event-loop delay p99',
    goal: '< 50 ms',
    measures: [most('promptLoopDelayMs', 50, 'ms')],
  },
  {
    what: 'CPU per request at c=64',
    goal: '≤ 0.2 × Portkey without guardrails',
    measures: [most('fullCpuOverPortkey', 0.2, '× Portkey')],
  },
  {
    what: 'streams at c=1: first text after that of the gateway without policies',
    goal: '≤ 1 ms',
    measures: [most('fullFirstTextOverBareMs', 1, 'ms')],
  },
  {
    what: 'streams: CPU per event',
    goal: '≤ that of Portkey',
    measures: [most('fullCpuPerEventUs', 'portkeyCpuPerEventUs', 'µs')],
  },
  {
    what: '1,000 streams at once',
    goal: 'no failure, ≤ 60 KB each, RSS ≤ 220 MB',
    measures: [
      most('heldFailures', 0, 'failed'),
      most('heldKbEach', 60, 'KB each'),
      most('heldRssMb', 220, 'MB'),
    ],
  },
  {
    what: '10 minutes of 200 mixed calls a second: memory',
    goal: 'slope < 1 MB/min, RSS ≤ 200 MB',
    measures: [most('soakSlopeMbPerMinute', 1, 'MB/min'), most('soakRssMb', 200, 'MB at most')],
  },
  {
    what: '`kt --version`',
    goal: '≤ 1.15 × bare node',
    measures: [most('versionOverNode', 1.15, '× node')],
  },
  {
    what: '`kt events list --limit 5` on a million events',
    goal: '≤ 2.1 × bare node',
    measures: [most('listOverNode', 2.1, '× node')],
  },
]

/**
 * The goals that this run measured anything of, what it reached, and whether that is enough: decided by the medians, never by
 * what was not measured.
 */
export function goalsTable(figures: Figures): Table {
  const measured = goals.filter(({ measures }) =>
    measures.some(({ figure }) => figures[figure] !== undefined),
  )
  return {
    title: 'Goals',
    head: ['what', 'goal', 'reached', 'met'],
    rows: measured.map(({ what, goal, measures }) => [
      what,
      goal,
      measures.map((measure) => reached(measure, figures)).join(', '),
      verdict(measures.map((measure) => isMet(measure, figures))),
    ]),
  }
}

function reached({ figure, bound, unit }: Measure, figures: Figures): string {
  const value = figures[figure]
  if (value === undefined || Number.isNaN(value.median)) return `${unit}: not measured`
  const other = typeof bound === 'number' ? '' : ` against ${middleOf(figures[bound], unit)}`
  return `${spread(value)} ${unit}${other}`
}

function middleOf(value: Spread | undefined, unit: string): string {
  return value === undefined ? 'nothing measured' : `${decimals(value.median)} ${unit}`
}

function isMet({ figure, bound, at }: Measure, figures: Figures): boolean | null {
  const value = figures[figure]?.median ?? Number.NaN
  const limit = typeof bound === 'number' ? bound : (figures[bound]?.median ?? Number.NaN)
  if (Number.isNaN(value) || Number.isNaN(limit)) return null
  return at === 'least' ? value >= limit : value <= limit
}

function verdict(met: readonly (boolean | null)[]): string {
  if (met.includes(false)) return '**no**'
  return met.includes(null) ? 'not measured' : 'yes'
}
