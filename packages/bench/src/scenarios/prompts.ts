import type { Bodies } from '../bodies.ts'
import { compare, interleave, summarize } from '../interleave.ts'
import { progress } from '../progress.ts'
import type { Sample } from '../sample.ts'
import { sample } from '../sample.ts'
import type { Table } from '../show-figures.ts'
import { decimals, spread } from '../show-figures.ts'
import type { Fleet, Without } from '../subjects/fleet.ts'
import { withFleet } from '../subjects/fleet.ts'
import type { Subject } from '../subjects/subject.ts'
import { measureLoopDelay } from './prompt-loop-delay.ts'
import type { Effort, Scenario, Section } from './scenario.ts'

const sizes = [
  { name: '300 B', bytes: 300 },
  { name: '3 KB', bytes: 3 * 1024 },
  { name: '30 KB', bytes: 30 * 1024 },
  { name: '100 KB', bytes: 100 * 1024 },
] as const

const shapes = [
  { key: 'one', name: 'one message, a new text at every call' },
  { key: 'new', name: 'a history of many messages, all of them new at every call' },
  { key: 'same', name: 'the same history at every call, with a new last message' },
] as const
type ShapeKey = (typeof shapes)[number]['key']

/** The calls of a round. Another seed for every round and size, so that nothing was seen before. */
export function promptBodies(key: ShapeKey, bytes: number, round: number): Bodies {
  const seed = bytes * 1000 + round + 1
  if (key === 'one') return { kind: 'one-message', bytes, seed }
  return { kind: 'history', bytes, repeated: key === 'same', seed }
}

/** Prompts of several sizes at one connection, and how long 100 KB keep other calls waiting. */
export function promptsScenario(effort: Effort, without: Without): Scenario {
  return {
    name: 'prompts',
    async run() {
      const ours = new Set([...without, 'portkey' as const])
      const section = await withFleet(ours, (fleet) => measure(fleet, effort))
      return withLoopDelay(section, effort)
    },
  }
}

interface Measured {
  readonly key: ShapeKey
  readonly bytes: number
  /** In the order of the subjects. */
  readonly samples: readonly (readonly Sample[])[]
}

async function measure(fleet: Fleet, effort: Effort): Promise<Section> {
  const { direct, nginx, bare, full } = fleet
  const subjects = effort.quick
    ? [direct, bare, full]
    : [direct, nginx, bare, full].filter((subject) => subject !== null)
  const { rounds, durationMs } = effort
  for (const subject of subjects)
    await sample(subject, { connections: 1, durationMs, bodies: promptBodies('new', 102_400, -1) })
  const measured: Measured[] = []
  for (const { key } of shapes)
    for (const { name, bytes } of sizes) {
      if (effort.quick && (bytes < 100_000 || key === 'one')) continue
      progress(`prompts, ${key}, ${name}`)
      const bodies = (round: number) => promptBodies(key, bytes, round)
      const samples = await interleave(subjects, { rounds, durationMs, connections: 1, bodies })
      measured.push({ key, bytes, samples })
    }
  const added = (key: ShapeKey) => {
    const { samples } = measured.find((one) => one.key === key && one.bytes > 100_000) as Measured
    return compare(samples[subjects.indexOf(fleet.full)] ?? [], samples[0] ?? []).p50Added
  }
  return {
    title: 'Prompts of several sizes',
    method: `${rounds} rounds of ${durationMs} ms a path at one connection. Histories have up to 40 messages and a last one of 150 B.`,
    tables: shapes.flatMap(({ key, name }) => {
      const mine = measured.filter((one) => one.key === key)
      return mine.length === 0 ? [] : shapeTables(name, subjects, mine)
    }),
    figures: { freshPromptAddedMs: added('new'), cachedPromptAddedMs: added('same') },
  }
}

/** What each size adds to the model server alone, and the CPU that it takes. */
function shapeTables(
  name: string,
  subjects: readonly Subject[],
  measured: readonly Measured[],
): Table[] {
  const head = measured.map(({ bytes }) => sizes.find((size) => size.bytes === bytes)?.name ?? '')
  const rows = (show: (samples: Measured['samples'], i: number) => string) =>
    subjects.map((subject, i) => [subject.name, ...measured.map(({ samples }) => show(samples, i))])
  const added = (samples: Measured['samples'], i: number) =>
    spread(compare(samples[i] ?? [], samples[0] ?? []).p50Added)
  const cpu = (samples: Measured['samples'], i: number) =>
    decimals(summarize(samples[i] ?? []).cpuUs.median / 1000)
  return [
    { title: `Added p50 ms: ${name}`, head: ['path', ...head], rows: rows(added) },
    { title: `CPU ms a request: ${name}`, head: ['path', ...head], rows: rows(cpu) },
  ]
}

async function withLoopDelay(section: Section, effort: Effort): Promise<Section> {
  progress('prompts, event-loop delay')
  const delay = await measureLoopDelay(effort, (round) => promptBodies('new', 102_400, round))
  if (delay === null) return section
  const table = {
    title: '100 KB at 16 connections, every message new: how late timers of the gateway are',
    head: ['path', 'event-loop delay p99 ms', 'at most ms'],
    rows: [['gateway, full chain + durable log', spread(delay.p99), spread(delay.max)]],
  }
  return {
    ...section,
    tables: [...section.tables, table],
    figures: { ...section.figures, promptLoopDelayMs: delay.p99 },
  }
}
