import type { MessagePort } from 'node:worker_threads'
import { receiveMessageOnPort } from 'node:worker_threads'
import { isDamage } from './log-database.ts'
import type { LogWriterOptions } from './log-writer.ts'
import { LogWriter } from './log-writer.ts'

import { StoreFault } from './store-fault.ts'
import { errorCode, systemFault } from './system-fault.ts'
import { volumeSpace } from './volume.ts'
import type { FromWorker, LogEntry, ToWorker } from './worker-protocol.ts'

const batchEvents = 128
const watchMs = 1000
const firstRetryMs = 50
const longestRetryMs = 1000

/**
 * Opens a log and serves it over a port. Whatever arrived while a transaction ran goes into the next one: group commit without a
 * timer, and nothing is acknowledged before its commit returned.
 */
export function serveLogWriter(port: MessagePort, options: LogWriterOptions): void {
  const post = (message: FromWorker): void => port.postMessage(message)
  let writer: LogWriter
  try {
    writer = LogWriter.open(options)
  } catch (error) {
    post({ kind: 'refused', fault: systemFault(error) })
    return
  }
  post({ kind: 'ready', opened: writer.opened })
  const service = new WriterService(writer, { dir: options.dir, post })
  port.on('message', (first: ToWorker) => {
    service.take(first)
    for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) {
      service.take(next.message as ToWorker)
    }
    if (service.drain() === 'ended') port.close()
  })
}

class WriterService {
  readonly #writer: LogWriter
  readonly #dir: string
  readonly #post: (message: FromWorker) => void
  readonly #watch: NodeJS.Timeout
  #queue: LogEntry[] = []
  #state: 'healthy' | 'recovering' | 'abandoned' = 'healthy'
  #retry: NodeJS.Timeout | undefined
  #delayMs = firstRetryMs
  #spaceLow = false
  #closing = false

  constructor(
    writer: LogWriter,
    { dir, post }: { readonly dir: string; readonly post: (message: FromWorker) => void },
  ) {
    this.#writer = writer
    this.#dir = dir
    this.#post = post
    this.#watch = setInterval(() => this.#look(), watchMs)
  }

  take(message: ToWorker): void {
    if (message.kind === 'append') this.#queue.push(...message.entries)
    else this.#closing = true
  }

  drain(): 'serving' | 'ended' {
    while (this.#queue.length > 0) this.#commit()
    if (!this.#closing) return 'serving'
    this.#stop()
    return 'ended'
  }

  #commit(): void {
    if (this.#state !== 'healthy') {
      this.#failQueue('it is being recovered')
      return
    }
    const batch = this.#queue.slice(0, batchEvents)
    try {
      const receipts = this.#writer.append(batch)
      this.#queue = this.#queue.slice(batch.length)
      this.#delayMs = firstRetryMs
      this.#post({ kind: 'committed', receipts })
    } catch (error) {
      const reason = reasonOf(error)
      this.#failQueue(reason)
      this.#state = 'recovering'
      if (isFinal(error)) this.#abandon(error)
      else this.#scheduleRecovery(reason)
    }
  }

  #failQueue(reason: string): void {
    this.#post({ kind: 'failed', count: this.#queue.length, reason })
    this.#queue = []
  }

  /** The delay grows until a commit succeeds: opening the file may work where writing to it does not. */
  #scheduleRecovery(reason: string): void {
    this.#retry = setTimeout(() => this.#recover(reason), this.#delayMs)
    this.#delayMs = Math.min(this.#delayMs * 2, longestRetryMs)
  }

  #recover(reason: string): void {
    const acknowledged = this.#writer.acknowledged
    try {
      const found = this.#writer.reopen()
      this.#state = 'healthy'
      this.#post({ kind: 'recovered', reason, acknowledged, found })
    } catch (error) {
      if (isFinal(error)) this.#abandon(error)
      else this.#scheduleRecovery(reason)
    }
  }

  #look(): void {
    if (this.#state === 'abandoned') return
    try {
      this.#writer.refuseMoved()
      const { free, floor } = volumeSpace(this.#dir)
      if (free < floor === this.#spaceLow) return
      this.#spaceLow = !this.#spaceLow
      this.#post({ kind: 'space', low: this.#spaceLow, free, floor })
    } catch (error) {
      this.#abandon(error)
    }
  }

  #abandon(error: unknown): void {
    this.#state = 'abandoned'
    clearTimeout(this.#retry)
    this.#post({ kind: 'abandoned', fault: systemFault(error) })
  }

  #stop(): void {
    clearInterval(this.#watch)
    clearTimeout(this.#retry)
    this.#writer.close()
  }
}

/** Faults that trying again cannot cure. A full disk can empty. */
function isFinal(error: unknown): boolean {
  if (error instanceof StoreFault) return error.details.code !== 'disk-full'
  return isDamage(error)
}

/** A code, never a message: it goes into an event. */
function reasonOf(error: unknown): string {
  return errorCode(error) ?? systemFault(error).code
}
