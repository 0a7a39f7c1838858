import { Cancellation } from '../call/cancellation.ts'

/** Time for everything that is asked of one server: each step has its own limit, and all share the end. */
export class Deadline {
  readonly #end: number

  constructor(ms: number) {
    this.#end = performance.now() + ms
  }

  /** Runs a step, and cancels it after `ms` or when no time is left for the server. */
  async step<Value>(
    ms: number,
    run: (cancellation: Cancellation) => Promise<Value>,
  ): Promise<Value> {
    const cancellation = new Cancellation()
    const left = Math.max(0, Math.min(ms, this.#end - performance.now()))
    const timer = setTimeout(() => cancellation.cancel('client_too_slow'), left)
    try {
      return await run(cancellation)
    } finally {
      clearTimeout(timer)
    }
  }
}
