import type { Worker } from 'node:worker_threads'
import { toStoreError } from './store-errors.ts'
import { systemFault } from './system-fault.ts'
import type { FromWorker } from './worker-protocol.ts'

/** What a worker says first: that its log is open, or why not. Rejects when it cannot even say that. */
export function firstMessage(worker: Worker): Promise<FromWorker> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', (error) => reject(startFailure(error)))
    worker.once('exit', () => reject(startFailure(new Error('it ended at once'))))
  })
}

/** The error for a writer that did not start. */
export function startFailure(cause: Error): Error {
  return toStoreError(systemFault(cause))
}
