import { Worker } from 'node:worker_threads'
import type { WorkerEntry } from '../worker-entry.ts'
import { workerEntry } from '../worker-entry.ts'
import type { AppendOutcome } from './anchor-thread.ts'
import type { AnchorWriter } from './anchor-writer.ts'

/** A file that is only ever appended to, on this machine or on a file system that is mounted from elsewhere. */
export class FileAnchor implements AnchorWriter {
  readonly type = 'file'
  readonly where: string
  readonly #entry: WorkerEntry
  #thread: Worker | null = null

  /** `entry`: what to run instead of our thread; for tests of one that hangs. */
  constructor(path: string, entry = workerEntry('anchors/anchor-thread')) {
    this.where = path
    this.#entry = entry
  }

  write(line: string): Promise<void> {
    const thread = this.#started()
    return new Promise((resolve, reject) => {
      const settle = (error: string | null): void => {
        thread.off('message', onMessage)
        thread.off('exit', onExit)
        if (error === null) resolve()
        else reject(new Error(error))
      }
      const onMessage = ({ error }: AppendOutcome): void => settle(error)
      const onExit = (): void => settle('its thread ended')
      thread.on('message', onMessage)
      thread.on('exit', onExit)
      thread.postMessage(line)
    })
  }

  close(): void {
    void this.#thread?.terminate()
  }

  #started(): Worker {
    if (this.#thread) return this.#thread
    const { worker, execArgv } = this.#entry
    const thread = new Worker(worker, {
      name: 'keeptrusts-anchor',
      workerData: this.where,
      ...(execArgv && { execArgv: [...execArgv] }),
    })
    // A place that hangs must not keep the process alive.
    thread.unref()
    thread.on('error', () => {})
    thread.once('exit', () => {
      this.#thread = null
    })
    this.#thread = thread
    return thread
  }
}
