import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { storePaths } from '../store-paths.ts'
import { workerEntry } from '../worker-entry.ts'

/**
 * Copies the database of the log in a folder as it is, in a thread of its own: a process that answers calls must not wait for it.
 * Resolves with the size of the copy in bytes. Rejects with what `copyLogAsItIs` throws.
 */
export async function copyLogAside(dir: string, to: string): Promise<number> {
  const { worker: file, execArgv = [] } = workerEntry('backup/copy-thread')
  const workerData = { from: storePaths(dir).database, to }
  const worker = new Worker(file, { execArgv: [...execArgv], workerData })
  try {
    const [bytes] = (await once(worker, 'message')) as [number]
    return bytes
  } finally {
    await worker.terminate()
  }
}
