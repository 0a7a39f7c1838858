export type CircuitState = 'closed' | 'open' | 'half_open'

/** Leave to try a server once. Exactly one of its methods is called, when it is known how the try went. */
export interface Permit {
  /** The server answered: whatever it said, it is there. */
  succeeded(): void
  /** The server failed. `restMs`: how long it asked to be left alone. */
  failed(restMs?: number): void
  /** Nothing was learned about the server. */
  released(): void
}

/** After so many failures in a row within the window, a server is passed over until the cool-down has ended. */
const failuresToOpen = 5
const windowMs = 30_000
const coolDownMs = 15_000

/**
 * Keeps calls away from a server that fails: a target of the gateway, a plug-in's model. Once the pause is over one call tries the server (`half_open`): when it is
 * answered the circuit closes, when it fails the pause begins anew. The numbers are fixed: the product has no keys for them
 * that this version takes.
 */
export class CircuitBreaker {
  readonly #now: () => number
  /** When the failures since the last success were. */
  #failures: number[] = []
  /** `null` while the circuit is closed. */
  #openUntil: number | null = null
  #trial: Permit | null = null
  /** Counts openings and closings: a try that began before one says nothing about the time after it. */
  #epoch = 0
  #lastFailure = Number.NEGATIVE_INFINITY

  /** `now`: milliseconds since the epoch. */
  constructor(now: () => number) {
    this.#now = now
  }

  get state(): CircuitState {
    if (this.#openUntil === null) return 'closed'
    return this.#now() < this.#openUntil ? 'open' : 'half_open'
  }

  /** When the last failure was; `-Infinity` when there was none. */
  get lastFailure(): number {
    return this.#lastFailure
  }

  /** Leave to try the target; `null` while its circuit is open, or another call is trying it out. */
  enter(): Permit | null {
    if (this.state === 'open') return null
    if (this.state === 'closed') return this.#permit()
    if (this.#trial !== null) return null
    this.#trial = this.#permit()
    return this.#trial
  }

  /** Leave to try the target whatever its state. */
  enterAnyway(): Permit {
    return this.enter() ?? this.#permit()
  }

  #permit(): Permit {
    const epoch = this.#epoch
    const settle = (outcome: () => void): void => {
      if (this.#trial === permit) this.#trial = null
      if (this.#epoch === epoch) outcome()
    }
    const permit: Permit = {
      succeeded: () => settle(() => this.#close()),
      failed: (restMs = 0) => {
        this.#lastFailure = this.#now()
        settle(() => this.#fail(restMs))
      },
      released: () => settle(() => {}),
    }
    return permit
  }

  #close(): void {
    this.#failures = []
    if (this.#openUntil === null) return
    this.#openUntil = null
    this.#epoch += 1
  }

  #fail(restMs: number): void {
    const now = this.#now()
    this.#failures = [...this.#failures.filter((at) => now - at < windowMs), now]
    const failedAgain = this.#openUntil !== null || this.#failures.length >= failuresToOpen
    const pauseMs = Math.max(restMs, failedAgain ? coolDownMs : 0)
    if (pauseMs === 0) return
    this.#openUntil = Math.max(this.#openUntil ?? 0, now + pauseMs)
    this.#failures = []
    this.#epoch += 1
  }
}
