import { parentPort, workerData } from 'node:worker_threads'
import { copyLogAsItIs } from './copy-log.ts'

// The thread of `copyLogAside`.
const { from, to } = workerData as { readonly from: string; readonly to: string }
parentPort?.postMessage(copyLogAsItIs(from, to))
