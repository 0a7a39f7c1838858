import { Buffer } from 'node:buffer'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { EndedCall } from '../../audit/ended-call.ts'
import type { CallbackState } from '../callback.ts'
import { DeliveryLoop } from '../delivery-loop.ts'
import { DropQueue } from '../drop-queue.ts'
import type { Pace } from '../pace.ts'
import type { Experiment } from './experiment.ts'
import type { StateLog } from './state-log.ts'
import type { TrackingClient } from './tracking-client.ts'
import { TrackingError } from './tracking-error.ts'
import { trackingFailure } from './tracking-failure.ts'

type Encode = typeof import('./encode-traces.ts').encodeTraces

export interface TraceSenderOptions {
  readonly client: TrackingClient
  readonly experiment: Experiment
  readonly version: string
  /** Most calls that wait, with those on their way; at least 2. */
  readonly queueSize: number
  readonly flushMs: number
  readonly pace: Pace
  readonly failed: (error: unknown) => void
  readonly states: StateLog
  /** The server has no place for traces. */
  readonly unavailable: (error: TrackingError) => void
}

/** Where OTLP over HTTP goes, below `tracking_uri`. */
export const tracesPath = '/v1/traces'

/** Two spans a call at most: MLflow writes some hundred spans a second, and a batch has ten seconds. */
const batchCalls = 100
const sliceCalls = 8
const batchBytes = 1024 * 1024
const compress = promisify(gzip)

/** Calls on their way to the server, encoded once: a repetition has the same ids, which the server takes for the same spans. */
interface Batch {
  readonly calls: number
  readonly body: Uint8Array
}

/** Sends a trace of each call in batches; what waits is bounded, and the oldest gives way. */
export class TraceSender {
  readonly #options: TraceSenderOptions
  readonly #loop: DeliveryLoop
  readonly #queue: DropQueue<EndedCall>
  readonly #batchCalls: number
  #batch: Batch | null = null
  /** Calls that were taken from the queue and not yet by the server: of the batch, or of the one that is being encoded. */
  #underWay = 0
  #encode: Encode | null = null
  #off = false
  /** The server has taken traces: what answers in its place for a while does not turn them off for good. */
  #wereTaken = false
  #dropped = 0

  constructor(options: TraceSenderOptions) {
    this.#options = options
    this.#queue = new DropQueue(options.queueSize)
    // Room for what comes meanwhile stays in the smallest queue, too.
    this.#batchCalls = Math.min(batchCalls, Math.floor(options.queueSize / 2))
    this.#loop = new DeliveryLoop({
      work: () => this.#deliver(),
      everyMs: options.flushMs,
      pace: options.pace,
      judge: (error) => {
        options.failed(error)
        return trackingFailure(error)
      },
      succeeded: () => options.states.succeeded(),
    })
  }

  get state(): CallbackState {
    return this.#off ? 'off' : this.#loop.state
  }

  /** Calls whose traces wait. */
  get waiting(): number {
    return this.#queue.length + this.#underWay
  }

  /** Calls whose traces were given up. */
  get dropped(): number {
    return this.#dropped
  }

  observe(call: EndedCall): void {
    if (this.#off) return
    // What is under way takes room as well, and is not called back: the oldest behind it gives way.
    if (this.waiting >= this.#options.queueSize) this.#dropped += this.#queue.take(1).length
    this.#queue.push(call)
    if (this.#queue.length >= this.#batchCalls) this.#loop.hurry()
  }

  /** The encoder is large: it is loaded before calls are taken, and only where it is wanted. */
  async load(): Promise<void> {
    this.#encode = (await import('./encode-traces.ts')).encodeTraces
  }

  start(): void {
    this.#loop.start()
  }

  stop(limitMs: number): Promise<void> {
    return this.#loop.stop(limitMs)
  }

  /** Sends what waits now; what comes meanwhile is for the next time, so that there is an end to every attempt. */
  async #deliver(): Promise<void> {
    for (let calls = this.waiting; calls > 0 && !this.#off; ) {
      this.#batch ??= await this.#nextBatch()
      if (this.#batch === null) return
      calls -= this.#batch.calls
      await this.#send(this.#batch)
    }
  }

  async #nextBatch(): Promise<Batch | null> {
    if (this.#encode === null || this.#queue.length === 0) return null
    const calls = this.#queue.take(this.#batchCalls)
    this.#underWay = calls.length
    const bytes = await this.#encodeInSlices(calls, this.#encode)
    // Cannot be with the lengths that a configuration allows for names; a batch that is too large is none.
    if (bytes.length > batchBytes) {
      this.#dropped += calls.length
      this.#underWay = 0
      return this.#nextBatch()
    }
    return { calls: calls.length, body: await compress(bytes) }
  }

  /** A few calls at a time, so that no call under way waits for it: messages of protobuf are joined by concatenation. */
  async #encodeInSlices(calls: readonly EndedCall[], encode: Encode): Promise<Buffer> {
    const slices: Uint8Array[] = []
    for (let i = 0; i < calls.length; i += sliceCalls) {
      slices.push(encode(calls.slice(i, i + sliceCalls), this.#options.version))
      await nextTurn()
    }
    return Buffer.concat(slices)
  }

  async #send(batch: Batch): Promise<void> {
    const { client, experiment } = this.#options
    const headers = {
      'content-type': 'application/x-protobuf',
      'content-encoding': 'gzip',
      'x-mlflow-experiment-id': await experiment.id(),
    }
    try {
      await client.send({ path: tracesPath, body: batch.body, headers })
      this.#endBatch()
      this.#wereTaken = true
    } catch (error) {
      this.#giveUp(error, batch)
      if (!this.#off) throw error
    }
  }

  #giveUp(error: unknown, batch: Batch): void {
    if (!(error instanceof TrackingError)) return
    const { experiment, unavailable } = this.#options
    if (error.problem === 'gone') experiment.forget()
    if (error.problem === 'absent' && !this.#wereTaken) {
      this.#off = true
      this.#queue.take(this.#queue.length)
      this.#endBatch()
      unavailable(error)
    }
    if (error.problem === 'refused') {
      this.#endBatch()
      this.#dropped += batch.calls
    }
  }

  #endBatch(): void {
    this.#batch = null
    this.#underWay = 0
  }
}
