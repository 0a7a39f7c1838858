import { Worker } from 'node:worker_threads'
import type { LoadOptions, LoadResult } from './load.ts'
import { percentile } from './load.ts'
import { cpuMs } from './processes.ts'
import type { Subject } from './subjects.ts'

/** What one stretch of load came to: milliseconds, and CPU microseconds per request where the system tells. */
export interface Sample {
  readonly p50: number
  readonly p99: number
  readonly rps: number
  readonly cpuUs: number | null
}

/** The request that every call sends. */
export const body = JSON.stringify({
  model: 'my-chat-model',
  messages: [
    { role: 'system', content: 'You answer questions about quarterly reports in two sentences.' },
    {
      role: 'user',
      content:
        'Summarize the quarterly report and list the three largest changes against last year. '.repeat(
          2,
        ),
    },
  ],
  max_tokens: 512,
})

/** Loads a server from a thread of its own. */
export function loadInWorker(options: LoadOptions): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./load-worker.js', import.meta.url), { workerData: options })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}

/** Loads a subject for `durationMs` milliseconds and reads what it took. Throws when a request failed. */
export async function sample(
  subject: Subject,
  { connections, durationMs }: { readonly connections: number; readonly durationMs: number },
): Promise<Sample> {
  const pid = subject.child.pid ?? 0
  const before = cpuMs(pid)
  const result = await loadInWorker({
    port: subject.port,
    path: subject.path ?? '/v1/chat/completions',
    body,
    connections,
    durationMs,
  })
  const after = cpuMs(pid)
  if (result.failures > 0) throw new Error(`${subject.name}: ${result.failures} failed requests`)
  return {
    p50: percentile(result.latencies, 0.5),
    p99: percentile(result.latencies, 0.99),
    rps: result.requests / result.seconds,
    cpuUs: before === null || after === null ? null : ((after - before) * 1000) / result.requests,
  }
}
