import { Cancellation } from '../call/cancellation.ts'
import type { CallbackState } from './callback.ts'
import type { Pace } from './pace.ts'
import { retryDelay } from './pace.ts'

/** How a failed attempt is to be repeated. */
export interface Failure {
  readonly state: Exclude<CallbackState, 'ok'>
  /** As soon as possible, or now and then. */
  readonly hurry: 'soon' | 'slowly'
  /** Milliseconds that the service asked us to wait. */
  readonly askedMs: number
  /** False when nothing can be hoped for from another attempt at a stop. */
  readonly worthAnother: boolean
}

interface LoopOptions {
  /** Says all there is to say. `last`: the gateway stops. */
  readonly work: (last: boolean) => Promise<void>
  /** Milliseconds between two attempts that did. */
  readonly everyMs: number
  readonly pace: Pace
  /** Hears of every attempt; says what a failure means. */
  readonly judge: (error: unknown) => Failure
  readonly succeeded: () => void
}

/** Repeats a piece of work for ever: at its pace while it does, slower and slower while it doesn't, once more at the end. */
export class DeliveryLoop {
  /** Fires when the time of a stop is over: requests under way end. */
  readonly cancellation = new Cancellation()
  readonly #options: LoopOptions
  #state: CallbackState = 'ok'
  #failures = 0
  #stopping = false
  #resting: (() => void) | null = null
  #running: Promise<void> | null = null

  constructor(options: LoopOptions) {
    this.#options = options
  }

  get state(): CallbackState {
    return this.#state
  }

  start(): void {
    this.#running ??= this.#run()
  }

  /** Begins the next attempt now, unless a failure is being waited out. */
  hurry(): void {
    if (this.#failures === 0) this.#resting?.()
  }

  /** One last attempt, and others while they are worth it, for at most `limitMs` milliseconds. Never throws. */
  async stop(limitMs: number): Promise<void> {
    this.#stopping = true
    this.#resting?.()
    const timer = setTimeout(() => this.cancellation.cancel('shutdown'), limitMs)
    await this.#running
    clearTimeout(timer)
    this.cancellation.cancel('shutdown')
  }

  async #run(): Promise<void> {
    while (this.cancellation.reason === null) {
      const last = this.#stopping
      const failure = await this.#attempt(last)
      if (last && (failure === null || !failure.worthAnother)) return
      // A stop that came meanwhile waits for nothing.
      if (last || !this.#stopping) await this.#rest(this.#delay(failure))
    }
  }

  async #attempt(last: boolean): Promise<Failure | null> {
    try {
      await this.#options.work(last)
    } catch (error) {
      const failure = this.#options.judge(error)
      this.#failures += 1
      this.#state = failure.state
      return failure
    }
    this.#failures = 0
    this.#state = 'ok'
    this.#options.succeeded()
    return null
  }

  #delay(failure: Failure | null): number {
    const { pace, everyMs } = this.#options
    if (failure === null) return everyMs
    if (failure.hurry === 'slowly') return Math.max(pace.slowestRetryMs, everyMs)
    const { askedMs } = failure
    return retryDelay({ count: this.#failures, askedMs, random: Math.random() }, pace)
  }

  async #rest(ms: number): Promise<void> {
    let stopListening = (): void => {}
    let timer: NodeJS.Timeout | undefined
    await new Promise<void>((resolve) => {
      // What is left to say never keeps a process alive by itself.
      timer = setTimeout(resolve, ms).unref()
      stopListening = this.cancellation.onCancel(resolve)
      this.#resting = resolve
    })
    clearTimeout(timer)
    stopListening()
    this.#resting = null
  }
}
