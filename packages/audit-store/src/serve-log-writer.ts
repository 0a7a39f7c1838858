import type { MessagePort } from 'node:worker_threads'
import { receiveMessageOnPort } from 'node:worker_threads'
import { isDamage } from './log-database.ts'
import type { LogEntry } from './log-entry.ts'
import { logEvent } from './log-events.ts'
import type { LogWriterOptions } from './log-writer.ts'
import { LogWriter } from './log-writer.ts'
import { preparePayloadKey } from './payloads/payload-key.ts'
import { SpaceWatch } from './space-watch.ts'
import { StoreFault } from './store-fault.ts'
import { errorCode, systemFault } from './system-fault.ts'
import type { LogTask } from './tasks/log-task.ts'
import { runTask } from './tasks/log-task.ts'
import type { FromWorker, ToWorker } from './worker-protocol.ts'

const batchEvents = 128
const watchMs = 1000
const firstRetryMs = 50
const longestRetryMs = 1000
const usualCheckpointMs = 60_000
const usualHeartbeatMs = 3_600_000

export interface WorkerOptions extends LogWriterOptions {
  /** How often the note of a growing log is kept as a checkpoint, milliseconds. Default one minute. */
  readonly checkpointMs?: number
  /** How long a log may be silent before it records that it is still written, milliseconds. Default one hour. */
  readonly heartbeatMs?: number
  /** Whether contents of calls will come with the events. */
  readonly keepsContent?: boolean
  /** How far the clock of the main thread is ahead of this machine's, milliseconds; for tests that set it. */
  readonly clockOffsetMs?: number
}

/**
 * Opens a log and serves it over a port. Whatever arrived while a transaction ran goes into the next one: group commit without a
 * timer, and nothing is acknowledged before its commit returned.
 */
export function serveLogWriter(port: MessagePort, options: WorkerOptions): void {
  const post = (message: FromWorker): void => port.postMessage(message)
  let writer: LogWriter
  try {
    const { clockOffsetMs = 0 } = options
    writer = LogWriter.open({ now: () => Date.now() + clockOffsetMs, ...options })
    post({ kind: 'ready', opened: { ...writer.opened, payloadKey: payloadKeyOf(writer, options) } })
  } catch (error) {
    post({ kind: 'refused', fault: systemFault(error) })
    return
  }
  const { dir, checkpointMs = usualCheckpointMs, heartbeatMs = usualHeartbeatMs } = options
  const service = new WriterService(writer, { dir, checkpointMs, heartbeatMs, post })
  port.on('message', (first: ToWorker) => {
    service.take(first)
    for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) {
      service.take(next.message as ToWorker)
    }
    if (service.drain() === 'ended') port.close()
  })
}

function payloadKeyOf(writer: LogWriter, { keepsContent = false }: WorkerOptions): Buffer | null {
  const { database, log, keyFiles } = writer
  try {
    return preparePayloadKey(database, { log, file: keyFiles.payload, keeps: keepsContent })
  } catch (error) {
    writer.close()
    throw error
  }
}

interface ServiceOptions {
  readonly dir: string
  readonly checkpointMs: number
  readonly heartbeatMs: number
  readonly post: (message: FromWorker) => void
}

interface QueuedTask {
  readonly id: number
  readonly task: LogTask
}

class WriterService {
  readonly #writer: LogWriter
  readonly #space: SpaceWatch
  readonly #checkpointMs: number
  readonly #heartbeatMs: number
  readonly #post: (message: FromWorker) => void
  readonly #watch: NodeJS.Timeout
  #queue: LogEntry[] = []
  #tasks: QueuedTask[] = []
  /** On the monotonic clock, milliseconds. */
  #nextCheckpoint: number
  /** When the newest event was appended, on the same clock. */
  #lastAppend = performance.now()
  #state: 'healthy' | 'recovering' | 'abandoned' = 'healthy'
  #retry: NodeJS.Timeout | undefined
  #delayMs = firstRetryMs
  #spaceLow = false
  #closing = false
  /** Of the newest checkpoint that was told of. */
  #told: number

  constructor(writer: LogWriter, { dir, checkpointMs, heartbeatMs, post }: ServiceOptions) {
    this.#writer = writer
    this.#space = new SpaceWatch(dir)
    this.#checkpointMs = checkpointMs
    this.#heartbeatMs = heartbeatMs
    this.#nextCheckpoint = performance.now() + checkpointMs
    this.#post = post
    this.#told = writer.keptCheckpoint?.size ?? 0
    this.#watch = setInterval(() => this.#look(), Math.min(watchMs, checkpointMs, heartbeatMs))
  }

  take(message: ToWorker): void {
    if (message.kind === 'append') this.#queue.push(...message.entries)
    else if (message.kind === 'task') this.#tasks.push(message)
    else this.#closing = true
  }

  drain(): 'serving' | 'ended' {
    while (this.#queue.length > 0) this.#commit()
    for (const task of this.#tasks.splice(0)) this.#run(task)
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
      this.#lastAppend = performance.now()
      this.#post({ kind: 'committed', receipts })
      this.#tellKept()
    } catch (error) {
      const reason = reasonOf(error)
      this.#failQueue(reason)
      this.#state = 'recovering'
      if (/FULL|ENOSPC|disk-full/.test(reason)) this.#space.release()
      if (isFinal(error)) this.#abandon(error)
      else this.#scheduleRecovery(reason)
    }
  }

  #keepCheckpoint(): void {
    if (this.#state !== 'healthy' || performance.now() < this.#nextCheckpoint) return
    this.#nextCheckpoint = performance.now() + this.#checkpointMs
    try {
      const checkpoint = this.#writer.checkpoint()
      this.#post({ kind: 'covered', size: this.#writer.acknowledged, checkpoint })
      this.#tellKept()
    } catch (error) {
      this.#failed(error)
    }
  }

  #tellKept(): void {
    const checkpoint = this.#writer.keptCheckpoint
    if (checkpoint === null || checkpoint.size <= this.#told) return
    this.#told = checkpoint.size
    this.#post({ kind: 'kept', checkpoint })
  }

  /** Says now and then that nothing happened: a silence that is longer is one of the writer. */
  #beat(): void {
    if (this.#state !== 'healthy' || performance.now() < this.#lastAppend + this.#heartbeatMs)
      return
    this.#lastAppend = performance.now()
    const { log, now } = this.#writer
    try {
      this.#writer.append([logEvent('audit.heartbeat', {}, { log, at: now() })])
    } catch (error) {
      this.#failed(error)
    }
  }

  #run({ id, task }: QueuedTask): void {
    if (this.#state !== 'healthy') {
      this.#post({ kind: 'task-failed', id, fault: unavailable })
      return
    }
    try {
      const result = runTask(this.#writer, task)
      if (task.kind === 'rotate-key') {
        const { publicKey, promptKey } = this.#writer.opened
        this.#post({ kind: 'keys', publicKey, promptKey })
      }
      this.#post({ kind: 'task-done', id, result })
      this.#tellKept()
    } catch (error) {
      this.#post({ kind: 'task-failed', id, fault: systemFault(error) })
      this.#failed(error)
    }
  }

  /** What a refusal changed is nothing; after any other error only the disk knows. */
  #failed(error: unknown): void {
    if (error instanceof StoreFault && !isFinal(error)) return
    this.#state = 'recovering'
    if (isFinal(error)) this.#abandon(error)
    else this.#scheduleRecovery(reasonOf(error))
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
      this.#keepCheckpoint()
      this.#beat()
      const report = this.#space.look()
      if (report.low === this.#spaceLow) return
      this.#spaceLow = report.low
      // The record of the low space is to be covered soon: nobody knows how much room is left.
      if (report.low) this.#nextCheckpoint = 0
      this.#post({ kind: 'space', ...report })
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
    try {
      if (this.#state === 'healthy') this.#writer.checkpoint()
      this.#tellKept()
    } catch {
      // The events are there and signed; the next start keeps a checkpoint.
    }
    this.#writer.close()
  }
}

const unavailable = {
  code: 'store-unavailable',
  message: 'The audit log is being recovered.',
  suggestion: 'Try again in a moment; kt gateway status shows the state of the log.',
} as const

/** Faults that trying again cannot cure. A full disk can empty. */
function isFinal(error: unknown): boolean {
  if (error instanceof StoreFault) return error.details.code !== 'disk-full'
  return isDamage(error)
}

/** A code, never a message: it goes into an event. */
function reasonOf(error: unknown): string {
  return errorCode(error) ?? systemFault(error).code
}
