import { parentPort, workerData } from 'node:worker_threads'
import type { LoadOptions } from './load.ts'
import { runLoad } from './load.ts'

// A worker of its own, so that the load generator's garbage and timers are not those of the process that reports.
parentPort?.postMessage(await runLoad(workerData as LoadOptions))
