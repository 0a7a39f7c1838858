import { Worker } from 'node:worker_threads'
import type { Bodies } from './bodies.ts'
import { chat } from './bodies.ts'
import type { LoadOptions, LoadResult } from './load.ts'
import { cpuMs } from './processes.ts'
import { percentile } from './statistics.ts'
import type { Subject } from './subjects/subject.ts'
import { pidOf } from './subjects/subject.ts'

/** What one stretch of load came to: milliseconds, and CPU microseconds per request where the system tells. */
export interface Sample {
  readonly p50: number
  readonly p99: number
  readonly rps: number
  readonly cpuUs: number | null
}

const messages = [
  { role: 'system', content: 'You answer questions about quarterly reports in two sentences.' },
  {
    role: 'user',
    content:
      'Summarize the quarterly report and list the three largest changes against last year. '.repeat(
        2,
      ),
  },
]

/** The request that calls send where nothing else is said. */
export const body = chat(messages)

/** The same, which the model server answers after so many milliseconds. */
export function slowBody(pauseMs: number): string {
  return chat(messages, pauseMs)
}

/** Loads a server from a thread of its own. */
export function loadInWorker(options: LoadOptions): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./load-worker.js', import.meta.url), { workerData: options })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}

/** One stretch of load. */
export interface Stretch {
  readonly connections: number
  readonly durationMs: number
  /** What the calls send; `body` each time when absent. */
  readonly bodies?: Bodies
}

/** Loads a subject for a stretch and reads what it took. Throws when a request failed. */
export async function sample(
  subject: Subject,
  { connections, durationMs, bodies = { kind: 'same', body } }: Stretch,
): Promise<Sample> {
  const before = cpuMs(pidOf(subject))
  const { port, path = '/v1/chat/completions', headers = {} } = subject
  const result = await loadInWorker({ port, path, headers, bodies, connections, durationMs })
  const after = cpuMs(pidOf(subject))
  if (result.failures > 0)
    throw new Error(
      `${subject.name}: ${result.failures} failed requests, status ${result.failedWith.join(', ')}`,
    )
  return {
    p50: percentile(result.latencies, 0.5),
    p99: percentile(result.latencies, 0.99),
    rps: result.requests / result.seconds,
    cpuUs: before === null || after === null ? null : ((after - before) * 1000) / result.requests,
  }
}
