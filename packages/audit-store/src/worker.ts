import { parentPort, workerData } from 'node:worker_threads'
import type { WorkerOptions } from './serve-log-writer.ts'
import { serveLogWriter } from './serve-log-writer.ts'

if (parentPort) serveLogWriter(parentPort, workerData as WorkerOptions)
