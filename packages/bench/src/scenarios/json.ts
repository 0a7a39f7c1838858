import { compare, interleave } from '../interleave.ts'
import { rssMb } from '../processes.ts'
import { progress } from '../progress.ts'
import { body, sample, slowBody } from '../sample.ts'
import type { Table } from '../show-figures.ts'
import { decimals } from '../show-figures.ts'
import type { Fleet, Without } from '../subjects/fleet.ts'
import { membersOf, withFleet } from '../subjects/fleet.ts'
import type { Subject } from '../subjects/subject.ts'
import { pidOf } from '../subjects/subject.ts'
import { measureFloor } from './floor.ts'
import type { Compared } from './load-table.ts'
import { loadTable, samplesOf } from './load-table.ts'
import type { Effort, Scenario, Section } from './scenario.ts'

/** One load that every path gets. */
interface Cell {
  readonly connections: number
  /** How long the model server takes. */
  readonly pauseMs: number
  /** Portkey is so much slower that it would take most of the time: it is measured where a goal is about it. */
  readonly portkey: boolean
}

const cells: readonly (Cell & { readonly quick: boolean })[] = [
  { pauseMs: 0, connections: 1, portkey: true, quick: true },
  { pauseMs: 0, connections: 16, portkey: false, quick: false },
  { pauseMs: 0, connections: 64, portkey: true, quick: true },
  { pauseMs: 0, connections: 256, portkey: false, quick: false },
  { pauseMs: 50, connections: 1, portkey: false, quick: false },
  { pauseMs: 50, connections: 16, portkey: false, quick: false },
  { pauseMs: 50, connections: 64, portkey: false, quick: false },
  { pauseMs: 50, connections: 256, portkey: true, quick: true },
]

/** Short prompts and plain answers, at several numbers of connections. */
export function jsonScenario(effort: Effort, without: Without): Scenario {
  return { name: 'json', run: () => withFleet(without, (fleet) => measure(fleet, effort)) }
}

async function measure(fleet: Fleet, effort: Effort): Promise<Section> {
  const members = membersOf(fleet)
  const memory = (subject: Subject) => rssMb(pidOf(subject)) ?? Number.NaN
  const atRest = members.map(memory)
  progress('json, warm-up')
  const floor = effort.floor ? await measureFloor(fleet) : null
  for (const subject of members)
    await sample(subject, { connections: 16, durationMs: effort.durationMs })
  const measured: { readonly cell: Cell; readonly compared: Compared }[] = []
  for (const cell of cells.filter(({ quick }) => quick || !effort.quick)) {
    progress(`json, ${nameOf(cell)}`)
    measured.push({ cell, compared: await measureCell(fleet, cell, effort) })
  }
  const find = (pauseMs: number, connections: number) =>
    measured.find(({ cell }) => cell.pauseMs === pauseMs && cell.connections === connections)
      ?.compared
  return {
    title: 'Plain answers',
    method: `${effort.rounds} rounds of ${effort.durationMs} ms a path, request ${Buffer.byteLength(body)} B.`,
    tables: [
      ...measured.map(({ cell, compared }) => loadTable(nameOf(cell), compared)),
      ...(floor === null ? [] : [floor.table]),
      memoryTable(members, atRest, members.map(memory)),
    ],
    figures: {
      ...figuresOf(fleet, { one: find(0, 1), many: find(0, 64), slow: find(50, 256) }),
      ...floor?.figures,
    },
  }
}

function nameOf({ connections, pauseMs }: Cell): string {
  const model = pauseMs === 0 ? 'answers at once' : `takes ${pauseMs} ms`
  return `c=${connections}, the model server ${model}`
}

async function measureCell(fleet: Fleet, cell: Cell, effort: Effort): Promise<Compared> {
  const portkey = cell.portkey ? fleet.portkey : null
  const subjects = membersOf({ ...fleet, portkey })
  const { rounds, durationMs } = effort
  const load = { kind: 'same', body: slowBody(cell.pauseMs) } as const
  const { connections } = cell
  const samples = await interleave(subjects, {
    ...{ rounds, durationMs, connections },
    bodies: () => load,
  })
  return { subjects, samples, direct: fleet.direct, nginx: fleet.nginx, portkey }
}

interface GoalCells {
  readonly one: Compared | undefined
  readonly many: Compared | undefined
  readonly slow: Compared | undefined
}

function figuresOf({ direct, nginx, portkey, bare, full }: Fleet, { one, many, slow }: GoalCells) {
  const to = (compared: Compared | undefined, mine: Subject | null, base: Subject | null) =>
    compared === undefined
      ? compare([], [])
      : compare(samplesOf(compared, mine), samplesOf(compared, base))
  return {
    bareAddedMs: to(one, bare, direct).p50Added,
    fullAddedMs: to(one, full, direct).p50Added,
    portkeyAddedMs: to(one, portkey, direct).p50Added,
    bareRpsOverNginx: to(many, bare, nginx).rpsRatio,
    bareRpsOverPortkey: to(many, bare, portkey).rpsRatio,
    fullRpsOverNginx: to(many, full, nginx).rpsRatio,
    fullRpsOverPortkey: to(many, full, portkey).rpsRatio,
    fullCpuOverPortkey: to(many, full, portkey).cpuRatio,
    fullSlowRpsOverNginx: to(slow, full, nginx).rpsRatio,
  }
}

function memoryTable(
  members: readonly Subject[],
  atRest: readonly number[],
  loaded: readonly number[],
): Table {
  return {
    title: 'Memory, before and after all of this',
    head: ['path', 'RSS at rest MB', 'RSS after load MB'],
    rows: members.map(({ name }, i) => [
      name,
      decimals(atRest[i] ?? Number.NaN),
      decimals(loaded[i] ?? Number.NaN),
    ]),
  }
}
