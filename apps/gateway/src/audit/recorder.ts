import type { AnchorStatus, AuditStore } from '@keeptrusts/audit-store'
import type { AuditEvent, Config, ContentLevel } from '@keeptrusts/core'
import { newEventId } from '@keeptrusts/core'
import { GatewayError } from '../errors/gateway-error.ts'
import type { Log } from '../log/log.ts'
import { errorFields } from '../log/log.ts'
import type { GatewayMetrics } from '../metrics/gateway-metrics.ts'
import type { RecordingMode } from './recording-mode.ts'
import { recordingMode } from './recording-mode.ts'

/** What `x-keeptrusts-event` says when a call has no record. */
export const noReference = 'none'

/** A log that is away for long must not fill the memory; after so many the decided events say it all. */
const maximalOwed = 10_000
const payEveryMs = 500

interface RecorderOptions {
  readonly config: Config
  /** `null` with `audit_store: {kind: none}`. */
  readonly store: AuditStore | null
  readonly log: Log
  readonly now: () => number
  readonly metrics: GatewayMetrics
}

/** The record step's way to the store: decides what waits for durability and what a failed append means. */
export class Recorder {
  readonly mode: RecordingMode
  /** What is kept of the texts of calls. */
  readonly content: ContentLevel
  readonly #store: AuditStore | null
  readonly #onFailure: 'closed' | 'open'
  readonly #log: Log
  readonly #now: () => number
  readonly #metrics: GatewayMetrics
  readonly #owed: AuditEvent[] = []
  #debtor: NodeJS.Timeout | undefined
  #unrecorded = 0
  #unlogged = 0

  constructor({ config, store, log, now, metrics }: RecorderOptions) {
    this.mode = store ? recordingMode(config) : 'none'
    this.content = store ? config.audit_store.content : 'none'
    this.#store = store
    this.#onFailure = config.audit_store.on_failure
    this.#log = log
    this.#now = now
    this.#metrics = metrics
  }

  /** True while records can be made durable, or none are wanted. */
  get ready(): boolean {
    return this.#store === null || this.#store.state === 'open' || this.#onFailure === 'open'
  }

  /** Events that were lost since the start because the log did not take them. */
  get unlogged(): number {
    return this.#unlogged
  }

  /** The places that checkpoints of the log are written to. */
  get anchors(): readonly AnchorStatus[] {
    return this.#store?.status().anchors ?? []
  }

  /** Keyed hash of a text of a call, or `null` without a log. */
  hmac(text: string): string | null {
    return this.#store?.hmac(text) ?? null
  }

  /**
   * Makes an event, and the `content` kept with it, durable and returns where it stands, as `<log>/<seq>`.
   * Throws `GatewayError` `audit_unavailable`, unless `audit_store.on_failure` is `open`.
   */
  async record(event: AuditEvent, content?: Uint8Array): Promise<string> {
    if (!this.#store) return noReference
    const begun = performance.now()
    try {
      const receipt = await this.#store.record(event, content)
      this.#metrics.append.observe((performance.now() - begun) / 1000)
      if (this.#unrecorded > 0) this.#reportGap(this.#store)
      return `${receipt.log}/${receipt.seq}`
    } catch (error) {
      return this.#failed(event, error)
    }
  }

  /** Appends without waiting; a failure is logged and counted. Returns the event's id. */
  recordLater(event: AuditEvent, content?: Uint8Array): string {
    this.#store?.record(event, content).catch((error: unknown) => this.#countLoss(event, error))
    return this.#store ? event.id : noReference
  }

  /** Remembers that a call was cut off because its end could not be recorded, and records that as soon as the log is open again. */
  owe(ended: AuditEvent): void {
    if (this.#owed.length >= maximalOwed) return
    const time = this.#now()
    const { request_id = '', refs = null, actor = null } = ended
    this.#owed.push({
      id: newEventId(time),
      type: 'request.aborted',
      time: new Date(time).toISOString(),
      request_id,
      stage: 'abort',
      decision: 'error',
      reason_code: 'audit_unavailable',
      reason: 'audit_unavailable',
      refs,
      actor,
    })
    this.#payLater()
  }

  /** Records what is owed, if the log is open. */
  async pay(): Promise<void> {
    if (this.#store?.state !== 'open') return
    const store = this.#store
    const owed = this.#owed.splice(0)
    await Promise.all(
      owed.map((event) => store.append(event).catch(() => void this.#owed.push(event))),
    )
  }

  #payLater(): void {
    this.#debtor ??= setTimeout(() => {
      this.#debtor = undefined
      void this.pay().then(() => this.#owed.length > 0 && this.#payLater())
    }, payEveryMs).unref()
  }

  #failed(event: AuditEvent, cause: unknown): string {
    this.#countLoss(event, cause)
    if (this.#onFailure === 'open') return noReference
    throw new GatewayError('audit_unavailable', { headers: { 'retry-after': '2' }, cause })
  }

  #countLoss(event: AuditEvent, error: unknown): void {
    this.#unrecorded += 1
    this.#unlogged += 1
    this.#log.error('audit.append_failed', { event_id: event.id, ...errorFields(error) })
  }

  /** `on_failure: open` is itself recorded: the first durable event after a gap is followed by its size. */
  #reportGap(store: AuditStore): void {
    const time = this.#now()
    const events = this.#unrecorded
    this.#unrecorded = 0
    const gap = {
      id: newEventId(time),
      type: 'audit.interrupted',
      time: new Date(time).toISOString(),
    }
    store.append({ ...gap, events }).catch(() => {
      this.#unrecorded += events
    })
  }
}
