import { Worker } from 'node:worker_threads'
import type { KeptCheckpoint } from './anchors/anchor-status.ts'
import type { StoreState, StoreStatus } from './audit-store.ts'
import { firstMessage, startFailure } from './first-message.ts'
import type { EntryReceipt, LogEntry } from './log-entry.ts'
import { LogGauge } from './log-gauge.ts'
import type { OpenedLog } from './opened-log.ts'
import { PendingEntries } from './pending-entries.ts'
import type { WorkerOptions } from './serve-log-writer.ts'
import type { StateChange } from './state-watch.ts'
import { StateWatch } from './state-watch.ts'
import { AuditUnavailableError, toStoreError } from './store-errors.ts'
import type { LogTask, LogTaskResult } from './tasks/log-task.ts'
import { volumeSpace } from './volume.ts'
import type { FromWorker, ToWorker } from './worker-protocol.ts'

/** Callers wait for their acks, so only a fault can gather this many. */
const maximalPending = 65_536

/** Something that happened to the log itself, for its own record of it. */
export interface Incident {
  readonly type: 'audit.recovered' | 'audit.space_low'
  readonly fields: Readonly<Record<string, string | number | null>>
}

interface PendingTask {
  readonly resolve: (result: LogTaskResult) => void
  readonly reject: (error: Error) => void
}

export interface WriterClientOptions {
  readonly worker: URL
  readonly execArgv?: readonly string[]
  readonly log: Omit<WorkerOptions, 'openDatabase' | 'now'>
  readonly ackTimeoutMs: number
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Told of each change of the state, once the log was opened. */
  readonly onState: (change: StateChange) => void
  /** Told of each checkpoint that is kept; also of the last one, before `close` resolves. */
  readonly onKept: (checkpoint: KeptCheckpoint) => void
  /** Makes the entry that records an incident. */
  readonly describe: (incident: Incident, opened: OpenedLog) => LogEntry
}

/** The main thread's end of the writer: sends entries, settles their promises, keeps the state. */
export class WriterClient {
  #opened: OpenedLog
  readonly #worker: Worker
  readonly #options: WriterClientOptions
  readonly #pending = new PendingEntries()
  readonly #tasks = new Map<number, PendingTask>()
  #lastTask = 0
  #outbox: LogEntry[] = []
  #sweeper: NodeJS.Timeout | undefined
  #spaceLow = false
  #failed = false
  /** Why nothing will be appended any more. */
  #closed: string | null = null
  /** Whether the worker was asked to end. */
  #asked = false
  readonly #gauge: LogGauge
  readonly #watch: StateWatch
  readonly #exited: Promise<void>

  /** Starts the worker and waits until its log is open. Rejects with `StoreRefusedError` or `StoreInUseError`. */
  static async start(options: WriterClientOptions): Promise<WriterClient> {
    const worker = new Worker(options.worker, {
      name: 'keeptrusts-audit',
      workerData: options.log,
      ...(options.execArgv && { execArgv: [...options.execArgv] }),
    })
    const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
    const first = await firstMessage(worker)
    if (first.kind === 'ready')
      return new WriterClient(worker, { options, exited, opened: first.opened })
    await exited
    throw first.kind === 'refused'
      ? toStoreError(first.fault)
      : startFailure(new Error(`it answered ${first.kind}`))
  }

  private constructor(
    worker: Worker,
    made: {
      readonly options: WriterClientOptions
      readonly exited: Promise<void>
      readonly opened: OpenedLog
    },
  ) {
    this.#worker = worker
    this.#options = made.options
    this.#exited = made.exited
    this.#opened = made.opened
    this.#gauge = new LogGauge(made.opened.size, made.options.now)
    this.#watch = new StateWatch(made.options.now, made.options.onState)
    worker.on('message', (message: FromWorker) => this.#receive(message))
    worker.on('error', (error) => this.#close(`its writer stopped: ${error.message}`))
    worker.on('exit', () => this.#close('its writer stopped'))
  }

  /** The log as it was opened, with the keys that are in force now. */
  get opened(): OpenedLog {
    return this.#opened
  }

  get state(): StoreState {
    if (this.#closed !== null) return 'closed'
    return this.#trouble === null ? 'open' : 'degraded'
  }

  /** How the log is now; the free space is asked for. */
  status(): Omit<StoreStatus, 'anchors'> {
    const { dir } = this.#options.log
    const { free, floor } = volumeSpace(dir)
    return {
      dir,
      state: this.state,
      since: this.#watch.since,
      reason: this.#closed ?? this.#trouble,
      ...this.#gauge.report(),
      queue: this.#pending.size,
      freeBytes: free,
      floorBytes: Math.floor(floor),
    }
  }

  /** Sends an entry; resolves when it is committed. Rejects with `AuditUnavailableError`, at once when the log is not open. */
  send(entry: LogEntry): Promise<EntryReceipt> {
    const reason = this.#closed ?? this.#trouble
    if (reason !== null) return Promise.reject(new AuditUnavailableError(reason))
    if (this.#pending.size >= maximalPending) {
      return Promise.reject(new AuditUnavailableError('too many records are waiting'))
    }
    return this.#send(entry, performance.now() + this.#options.ackTimeoutMs)
  }

  /**
   * Runs a task in the worker, after what was sent before; resolves when it is done, however long that takes.
   * Rejects with `StoreRefusedError`, and with `AuditUnavailableError` when the worker ends first.
   */
  run<Task extends LogTask>(task: Task): Promise<LogTaskResult<Task>> {
    if (this.#closed !== null) return Promise.reject(new AuditUnavailableError(this.#closed))
    this.#flush()
    this.#lastTask += 1
    const id = this.#lastTask
    return new Promise((resolve, reject) => {
      // The worker answers a task with the result of its kind.
      this.#tasks.set(id, { resolve: resolve as PendingTask['resolve'], reject })
      this.#post({ kind: 'task', id, task })
    })
  }

  /** Waits for what is in flight, then for the worker to close the log. */
  async close(): Promise<void> {
    if (!this.#asked) {
      this.#asked = true
      this.#flush()
      this.#post({ kind: 'close' })
      // Set only now: what was sent before is still committed, and acknowledged, by the worker.
      this.#closed ??= 'it was closed'
    }
    await this.#exited
  }

  get #trouble(): string | null {
    if (this.#failed) return 'the last write failed and is being recovered'
    if (this.#spaceLow) return 'the disk is almost full'
    if (this.#pending.hasLate) return this.#lateReason
    return null
  }

  get #lateReason(): string {
    return `no acknowledgement within ${this.#options.ackTimeoutMs} ms`
  }

  #send(entry: LogEntry, deadline: number): Promise<EntryReceipt> {
    // One message, and so one commit, for everything that one turn of the event loop produces: under load that is many calls.
    if (this.#outbox.length === 0) setImmediate(() => this.#flush())
    this.#outbox.push(entry)
    this.#sweeper ??= setTimeout(() => this.#sweep(), this.#options.ackTimeoutMs)
    return this.#pending.add(deadline)
  }

  #flush(): void {
    if (this.#outbox.length === 0) return
    const entries = this.#outbox
    this.#outbox = []
    this.#post({ kind: 'append', entries })
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message)
  }

  /** Runs at the end of the turn, after acks that arrived while this thread was busy. */
  #sweep(): void {
    setImmediate(() => {
      this.#pending.expire(performance.now(), this.#lateReason)
      this.#observe()
      const next = Math.max(10, this.#options.ackTimeoutMs / 20)
      this.#sweeper = this.#pending.size > 0 ? setTimeout(() => this.#sweep(), next) : undefined
    })
  }

  #receive(message: FromWorker): void {
    if (message.kind === 'committed') this.#committed(message.receipts)
    else if (message.kind === 'failed') {
      this.#failed = true
      this.#pending.reject(message.count, `a write failed (${message.reason})`)
    } else if (message.kind === 'keys') {
      const { publicKey, promptKey } = message
      this.#opened = { ...this.#opened, publicKey, promptKey }
    } else if (message.kind === 'task-done') this.#takeTask(message.id)?.resolve(message.result)
    else if (message.kind === 'task-failed') {
      this.#takeTask(message.id)?.reject(toStoreError(message.fault))
    } else if (message.kind === 'covered') this.#gauge.covered(message)
    else if (message.kind === 'kept') this.#options.onKept(message.checkpoint)
    else if (message.kind === 'recovered') this.#recovered(message)
    else if (message.kind === 'space') this.#space(message)
    else if (message.kind === 'abandoned') {
      // Goes into answers to callers: the code, but no path.
      this.#close(`it needs an operator (${message.fault.code})`)
    }
    this.#observe()
  }

  #observe(): void {
    // An orderly end is no incident.
    if (!this.#asked)
      this.#watch.update({ state: this.state, reason: this.#closed ?? this.#trouble })
  }

  #takeTask(id: number): PendingTask | undefined {
    const task = this.#tasks.get(id)
    this.#tasks.delete(id)
    return task
  }

  #committed(receipts: readonly EntryReceipt[]): void {
    this.#pending.resolve(receipts)
    this.#gauge.committed(receipts)
    if (this.#pending.hasLate) return
    const late = this.#pending.takeLateEvents()
    if (late) {
      void this.#record('audit.recovered', {
        reason: 'late_acknowledgement',
        first_unacknowledged: late.first,
        last_unacknowledged: late.last,
      })
    }
  }

  /** The log is open again only when it holds the record of what happened to it. */
  #recovered(message: Extract<FromWorker, { kind: 'recovered' }>): void {
    const { reason, acknowledged, found } = message
    const unknown = found > acknowledged
    void this.#record('audit.recovered', {
      reason,
      first_unacknowledged: unknown ? acknowledged : null,
      last_unacknowledged: unknown ? found - 1 : null,
    }).then((recorded) => {
      if (!recorded) return
      this.#failed = false
      this.#observe()
    })
  }

  #space({ low, free, floor }: Extract<FromWorker, { kind: 'space' }>): void {
    this.#spaceLow = low
    void this.#record(low ? 'audit.space_low' : 'audit.recovered', {
      reason: 'disk_space',
      free_bytes: free,
      floor_bytes: Math.floor(floor),
    })
  }

  /** Appends what happened to the log itself, also while callers are refused; resolves with whether that worked. */
  async #record(type: Incident['type'], fields: Incident['fields']): Promise<boolean> {
    if (this.#closed !== null) return false
    try {
      await this.#send(
        this.#options.describe({ type, fields }, this.opened),
        Number.POSITIVE_INFINITY,
      )
      return true
    } catch {
      return false
    }
  }

  #close(reason: string): void {
    this.#closed ??= reason
    clearTimeout(this.#sweeper)
    this.#pending.reject(this.#pending.size, this.#closed)
    for (const { reject } of this.#tasks.values()) reject(new AuditUnavailableError(this.#closed))
    this.#tasks.clear()
    this.#observe()
  }
}
