import { Worker } from 'node:worker_threads'
import { KeeptrustsError } from '@keeptrusts/core'
import { AuditUnavailableError } from '../store-errors.ts'
import { workerEntry } from '../worker-entry.ts'
import type { LogAnswer, LogQuery } from './log-query.ts'
import type { Outcome } from './reading-thread.ts'

export type { LogAnswer, LogQuery } from './log-query.ts'

/** Queries that wait for their turn; more are refused. */
const mostWaiting = 16
/** A query that walks the whole of a large log must not keep the others waiting for ever. */
const timeoutMs = 30_000

interface Waiting {
  readonly resolve: (answer: LogAnswer) => void
  readonly reject: (error: Error) => void
}

/** Reads a log in a thread of its own, one query after the other: whoever asks goes on meanwhile. */
export class LogReadings {
  readonly #dir: string
  #worker: Worker | null = null
  #waiting: Waiting[] = []
  #timer: NodeJS.Timeout | undefined

  /** `dir`: the folder of the log. The thread starts with the first query. */
  constructor(dir: string) {
    this.#dir = dir
  }

  /**
   * Rejects with `KeeptrustsError`: what the reader throws, and `audit_unavailable` when there are too many queries, one takes too long,
   * or the thread has ended.
   */
  ask(query: LogQuery): Promise<LogAnswer> {
    if (this.#waiting.length >= mostWaiting)
      return Promise.reject(new AuditUnavailableError('too many are reading it at this moment'))
    const worker = this.#thread()
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject })
      worker.postMessage(query)
      if (this.#waiting.length === 1) this.#watch()
    })
  }

  /** Ends the thread; what was asked rejects. */
  async close(): Promise<void> {
    await this.#end('the gateway stops')
  }

  #thread(): Worker {
    if (this.#worker !== null) return this.#worker
    const { worker, execArgv } = workerEntry('reading/reading-thread')
    const thread = new Worker(worker, {
      workerData: this.#dir,
      // Not the flags of this process: a test runner's would have the built thread look for sources.
      execArgv: [...(execArgv ?? [])],
    })
    thread.unref()
    thread.on('message', (outcome: Outcome) => this.#settle(outcome))
    thread.on('error', () => {
      if (this.#worker === thread) void this.#end('its reader failed')
    })
    this.#worker = thread
    return thread
  }

  #settle(outcome: Outcome): void {
    const asked = this.#waiting.shift()
    this.#watch()
    if ('answer' in outcome) asked?.resolve(outcome.answer)
    else asked?.reject(new KeeptrustsError(outcome.error))
  }

  #watch(): void {
    clearTimeout(this.#timer)
    if (this.#waiting.length === 0) return
    this.#timer = setTimeout(() => void this.#end('the read took too long'), timeoutMs)
    this.#timer.unref()
  }

  async #end(why: string): Promise<void> {
    clearTimeout(this.#timer)
    const [worker, waiting] = [this.#worker, this.#waiting]
    this.#worker = null
    this.#waiting = []
    for (const { reject } of waiting) reject(new AuditUnavailableError(why))
    await worker?.terminate()
  }
}
