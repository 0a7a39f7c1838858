import { parentPort, workerData } from 'node:worker_threads'
import { copyLog } from './copy-log.ts'

// The thread of `copyLogAside`.
const { from, to } = workerData as { readonly from: string; readonly to: string }
parentPort?.postMessage(copyLog(from, to))
