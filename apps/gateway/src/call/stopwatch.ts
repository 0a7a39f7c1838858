import type { Waits } from './waits.ts'

/** Adds up the time in which at least one wait is under way. */
class WaitClock implements Waits {
  #ended = 0
  #open = 0
  #since = 0

  begin(): void {
    if (this.#open === 0) this.#since = performance.now()
    this.#open += 1
  }

  end(): void {
    this.#open -= 1
    if (this.#open === 0) this.#ended += performance.now() - this.#since
  }

  /** Milliseconds until now. */
  get ms(): number {
    return this.#open === 0 ? this.#ended : this.#ended + performance.now() - this.#since
  }
}

/** Splits the time of a call into waiting for the upstream, waiting for the client's body, and the rest. */
export class Stopwatch {
  readonly #start: number
  /** From the moment a request is handed to the socket until an answer, or the next piece of it, is there. */
  readonly upstream: Waits
  /** While a body is still being sent. */
  readonly client: Waits
  readonly #upstream = new WaitClock()
  readonly #client = new WaitClock()

  /** `start` as `performance.now()` tells it. */
  constructor(start = performance.now()) {
    this.#start = start
    this.upstream = this.#upstream
    this.client = this.#client
  }

  /** Milliseconds since the call arrived. */
  get totalMs(): number {
    return performance.now() - this.#start
  }

  /** Milliseconds spent waiting for the upstream. */
  get upstreamMs(): number {
    return this.#upstream.ms
  }

  /** Milliseconds that the gateway itself took. */
  get overheadMs(): number {
    return Math.max(0, this.totalMs - this.#upstream.ms - this.#client.ms)
  }
}

/** Milliseconds as the whole microseconds that events hold. */
export function toMicroseconds(ms: number): number {
  return Math.max(0, Math.round(ms * 1000))
}
