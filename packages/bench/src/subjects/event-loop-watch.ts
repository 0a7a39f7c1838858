import { writeFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { isMainThread } from 'node:worker_threads'

// Loaded into a gateway before its own code. On SIGUSR2 it writes how late timers were since the last time to the file that
// the environment names, in milliseconds. The log's worker thread loads it too, and is not watched.
const file = process.env['KEEPTRUSTS_BENCH_DELAY_FILE']
if (isMainThread && file !== undefined) {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  process.on('SIGUSR2', () => {
    // The histogram counts from the resolution on.
    const of = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - 1)
    writeFileSync(file, JSON.stringify({ p99: of(delay.percentile(99)), max: of(delay.max) }))
    delay.reset()
  })
}
