import { parentPort, workerData } from 'node:worker_threads'
import { errorCode } from '../system-fault.ts'
import { appendLine } from './append-line.ts'

/** What the thread answers for each line, in order. */
export interface AppendOutcome {
  /** `null` when the line is on disk. */
  readonly error: string | null
}

// A thread of its own: a network file system that hangs would otherwise hold one of the four threads that all file access shares.
const path = workerData as string
parentPort?.on('message', (line: string) => {
  let error: string | null = null
  try {
    appendLine(path, line)
  } catch (cause) {
    error = errorCode(cause) ?? (cause instanceof Error ? cause.message : String(cause))
  }
  parentPort?.postMessage({ error } satisfies AppendOutcome)
})
