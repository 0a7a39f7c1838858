import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { openAuditStore, verifyLog } from '@keeptrusts/audit-store'
import { temporaryFolder } from '../processes.ts'
import { progress } from '../progress.ts'
import type { Table } from '../show-figures.ts'
import { decimals, spread } from '../show-figures.ts'
import { spreadOf } from '../statistics.ts'
import { measureAppends, measureSyncs } from '../store/append.ts'
import { config, decidedEvent } from '../store/events.ts'
import { environmentIn, kt } from '../subjects/gateways.ts'
import type { Effort, Scenario, Section } from './scenario.ts'

/** The log by itself: durable appends, verifying, and `kt events list` on many events. */
export function storeScenario(effort: Effort): Scenario {
  return { name: 'store', run: () => measure(effort) }
}

async function measure(effort: Effort): Promise<Section> {
  const events = effort.quick ? 5000 : 1_000_000
  const folder = temporaryFolder()
  try {
    progress('store, appends')
    const appends = await appendTable(effort)
    progress(`store, a log of ${events} events`)
    await makeLog(folder, events)
    const verified = verifyTable(folder, events)
    const listed = listTimes(folder, effort.quick ? 3 : 15)
    return {
      title: 'The log alone',
      method: `An event is acknowledged when it, the tree's frontier and a signed note of the new root are synced to disk. ${effort.rounds} rounds of ${effort.durationMs} ms, medians.`,
      tables: [appends, verified, listTable(listed, events)],
      figures: effort.quick ? {} : { listOverNode: ratioOf(listed) },
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
}

async function appendTable({ quick, rounds, durationMs }: Effort): Promise<Table> {
  const inFlight = quick ? [64] : [1, 16, 64, 256]
  const syncs = measureSyncs(durationMs)
  const { samples, bytesPerEvent } = await measureAppends(inFlight, { rounds, durationMs })
  return {
    title: `Durable appends of ${decimals(bytesPerEvent)} bytes each; this disk syncs 4 KiB ${decimals(syncs)} times a second`,
    head: [
      'appends in flight',
      'events per sync of the disk',
      'events/s',
      'acknowledged p50 ms',
      'p99 ms',
      'event-loop delay p99 ms',
    ],
    rows: samples.map(({ eventsPerSecond, p50, p99, loopP99 }, i) =>
      [inFlight[i] ?? 0, eventsPerSecond / syncs, eventsPerSecond, p50, p99, loopP99].map(
        (value, column) => (column === 0 ? `${value}` : decimals(value)),
      ),
    ),
  }
}

/** Makes a log of many events, where a gateway with this folder's environment would have it. */
async function makeLog(folder: string, events: number): Promise<void> {
  const store = await openAuditStore({
    dir: join(folder, 'data', 'audit'),
    keysDir: join(folder, 'config', 'keys'),
  })
  await store.rememberConfig(config.hash, config.canonical)
  const start = Date.now() - events
  let next = 0
  const caller = async (): Promise<void> => {
    while (next < events) {
      const index = next++
      await store.append(decidedEvent(index, start + index))
    }
  }
  await Promise.all(Array.from({ length: 512 }, caller))
  await store.append({
    id: 'evt_started',
    type: 'gateway.started',
    time: new Date().toISOString(),
    stage: 'gateway',
    recording: 'every',
  })
  await store.close()
}

function verifyTable(folder: string, events: number): Table {
  const report = verifyLog({ dir: join(folder, 'data', 'audit'), anchors: [] })
  if (report.integrity.verdict !== 'intact')
    throw new Error('the log of the benchmark does not verify')
  const perMillion = (report.seconds / events) * 1_000_000
  return {
    title: 'Verifying every hash, note, column and canonical form',
    head: ['events', 'seconds', 'seconds per million'],
    rows: [[`${events}`, decimals(report.seconds), decimals(perMillion)]],
  }
}

interface ListTimes {
  /** Milliseconds of a bare node and of the list, by round. */
  readonly bare: readonly number[]
  readonly list: readonly number[]
}

function listTimes(folder: string, rounds: number): ListTimes {
  const env = environmentIn(folder)
  const timed = (args: readonly string[]): number => {
    const started = performance.now()
    const { status, stderr } = spawnSync(process.execPath, args, { env })
    if (status !== 0) throw new Error(`${args.join(' ')} ended with:\n${stderr}`)
    return performance.now() - started
  }
  const bare: number[] = []
  const list: number[] = []
  for (let round = 0; round < rounds; round++) {
    bare.push(timed(['-e', '0']))
    list.push(timed([kt, 'events', 'list', '--limit', '5']))
  }
  return { bare, list }
}

function ratioOf({ bare, list }: ListTimes) {
  return spreadOf(list.map((own, i) => own / (bare[i] ?? own)))
}

function listTable(times: ListTimes, events: number): Table {
  return {
    title: `\`kt events list --limit 5\` on ${events} events, which also records that they were read`,
    head: ['× bare node', 'ms', 'bare node ms'],
    rows: [[ratioOf(times), spreadOf(times.list), spreadOf(times.bare)].map(spread)],
  }
}
