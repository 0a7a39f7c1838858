import {
  closeSync,
  fdatasyncSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { openAuditStore } from '@keeptrusts/audit-store'
import { median, percentile } from '../statistics.ts'
import { decidedEvent } from './events.ts'

/** What appending came to with a number of calls waiting at once. */
export interface AppendSample {
  readonly eventsPerSecond: number
  /** From the call to its acknowledgement, milliseconds. */
  readonly p50: number
  readonly p99: number
  /** How late timers of the calling thread were, milliseconds. */
  readonly loopP99: number
}

/** Samples for each number of appends in flight, and the bytes that an event takes on disk. */
export async function measureAppends(
  inFlight: readonly number[],
  { rounds, durationMs }: { readonly rounds: number; readonly durationMs: number },
): Promise<{ readonly samples: readonly AppendSample[]; readonly bytesPerEvent: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'keeptrusts-bench-'))
  const dir = join(folder, 'audit')
  const store = await openAuditStore({ dir, keysDir: join(folder, 'keys') })
  let appended = 0
  const sample = async (waiting: number): Promise<AppendSample> => {
    const latencies: number[] = []
    const delay = monitorEventLoopDelay({ resolution: 1 })
    const started = performance.now()
    const caller = async (): Promise<void> => {
      while (performance.now() - started < durationMs) {
        const asked = performance.now()
        await store.append(decidedEvent(appended++, Date.now()))
        latencies.push(performance.now() - asked)
      }
    }
    delay.enable()
    await Promise.all(Array.from({ length: waiting }, caller))
    delay.disable()
    const seconds = (performance.now() - started) / 1000
    latencies.sort((left, right) => left - right)
    return {
      eventsPerSecond: latencies.length / seconds,
      p50: percentile(latencies, 0.5),
      p99: percentile(latencies, 0.99),
      // The histogram counts from the resolution on.
      loopP99: Math.max(0, delay.percentile(99) / 1e6 - 1),
    }
  }
  try {
    await sample(16)
    const samples = inFlight.map((): AppendSample[] => [])
    for (let round = 0; round < rounds; round++)
      for (const [i, waiting] of inFlight.entries()) samples[i]?.push(await sample(waiting))
    await store.close()
    const bytesPerEvent = statSync(join(dir, 'audit.db')).size / appended
    return { samples: samples.map(middle), bytesPerEvent }
  } finally {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

function middle(samples: readonly AppendSample[]): AppendSample {
  const of = (pick: (sample: AppendSample) => number): number => median(samples.map(pick))
  return {
    eventsPerSecond: of((s) => s.eventsPerSecond),
    p50: of((s) => s.p50),
    p99: of((s) => s.p99),
    loopP99: of((s) => s.loopP99),
  }
}

/** The floor: how often a second this disk takes 4 KiB and says that it has them. */
export function measureSyncs(durationMs: number): number {
  const folder = mkdtempSync(join(tmpdir(), 'keeptrusts-bench-'))
  const file = openSync(join(folder, 'syncs'), 'w')
  const page = Buffer.alloc(4096, 1)
  const started = performance.now()
  let count = 0
  for (; performance.now() - started < durationMs; count++) {
    writeSync(file, page, 0, page.length, (count % 1024) * page.length)
    fdatasyncSync(file)
  }
  closeSync(file)
  rmSync(folder, { recursive: true, force: true })
  return (count * 1000) / (performance.now() - started)
}
