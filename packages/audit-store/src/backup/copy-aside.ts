import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { storePaths } from '../store-paths.ts'
import { workerEntry } from '../worker-entry.ts'
import type { CopiedLog } from './copy-log.ts'

/**
 * Copies the database of the log in a folder as `copyLog` does, in a thread of its own: a process that answers calls must not wait for
 * it. Rejects with what `copyLog` throws.
 */
export async function copyLogAside(dir: string, to: string): Promise<CopiedLog> {
  const { worker: file, execArgv = [] } = workerEntry('backup/copy-thread')
  const workerData = { from: storePaths(dir).database, to }
  const worker = new Worker(file, { execArgv: [...execArgv], workerData })
  try {
    const [copied] = (await once(worker, 'message')) as [CopiedLog]
    return copied
  } finally {
    await worker.terminate()
  }
}
