/** Splits the time of a call into waiting for the upstream and the rest. */
export class Stopwatch {
  readonly #start = performance.now()
  #upstreamMs = 0

  /** Milliseconds since the call arrived. */
  get totalMs(): number {
    return performance.now() - this.#start
  }

  /** Milliseconds spent waiting for the upstream. */
  get upstreamMs(): number {
    return this.#upstreamMs
  }

  /** Milliseconds that the gateway itself took. */
  get overheadMs(): number {
    return this.totalMs - this.#upstreamMs
  }

  /** Counts the time until `work` settles as waiting for the upstream. */
  async upstream<T>(work: Promise<T>): Promise<T> {
    const start = performance.now()
    try {
      return await work
    } finally {
      this.#upstreamMs += performance.now() - start
    }
  }
}

/** Milliseconds as the whole microseconds that events hold. */
export function toMicroseconds(ms: number): number {
  return Math.max(0, Math.round(ms * 1000))
}
