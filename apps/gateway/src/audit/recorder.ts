import type { AnchorStatus, AuditStore } from '@keeptrusts/audit-store'
import type { AuditEvent, Config, ContentLevel } from '@keeptrusts/core'
import { GatewayError } from '../errors/gateway-error.ts'
import type { GatewayMetrics } from '../metrics/gateway-metrics.ts'
import type { Losses } from './losses.ts'
import type { RecordingMode } from './recording-mode.ts'
import { recordingMode } from './recording-mode.ts'

/** What `x-keeptrusts-event` says when a call has no record. */
export const noReference = 'none'

interface RecorderOptions {
  readonly config: Config
  /** `null` with `audit_store: {kind: none}`. */
  readonly store: AuditStore | null
  /** Outlives the recorder, which goes with its configuration. */
  readonly losses: Losses
  readonly metrics: GatewayMetrics
}

/** The record step's way to the store: decides what waits for durability and what a failed append means. */
export class Recorder {
  readonly mode: RecordingMode
  /** What is kept of the texts of calls. */
  readonly content: ContentLevel
  readonly #store: AuditStore | null
  readonly #onFailure: 'closed' | 'open'
  readonly #losses: Losses
  readonly #metrics: GatewayMetrics

  constructor({ config, store, losses, metrics }: RecorderOptions) {
    this.mode = store ? recordingMode(config) : 'none'
    this.content = store ? config.audit_store.content : 'none'
    this.#store = store
    this.#onFailure = config.audit_store.on_failure
    this.#losses = losses
    this.#metrics = metrics
  }

  /** True while records can be made durable, or none are wanted. */
  get ready(): boolean {
    return this.#store === null || this.#store.state === 'open' || this.#onFailure === 'open'
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
      this.#losses.reportGap()
      return `${receipt.log}/${receipt.seq}`
    } catch (error) {
      return this.#failed(event, error)
    }
  }

  /** Appends without waiting; a failure is logged and counted. Returns the event's id. */
  recordLater(event: AuditEvent, content?: Uint8Array): string {
    this.#store?.record(event, content).catch((error: unknown) => this.#losses.count(event, error))
    return this.#store ? event.id : noReference
  }

  /** Has the log told, once it can be, that a call was cut off because its end could not be recorded. */
  owe(ended: AuditEvent): void {
    this.#losses.owe(ended)
  }

  #failed(event: AuditEvent, cause: unknown): string {
    this.#losses.count(event, cause)
    if (this.#onFailure === 'open') return noReference
    throw new GatewayError('audit_unavailable', { headers: { 'retry-after': '2' }, cause })
  }
}
