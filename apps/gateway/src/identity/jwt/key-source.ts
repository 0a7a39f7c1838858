import type { PublicKeys } from './public-keys.ts'
import { KeysUnavailableError } from './token-problem.ts'

export interface KeySourceOptions {
  /** Fetches the keys once; throws `KeysUnavailableError`. */
  readonly fetch: () => Promise<PublicKeys>
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Told when fetching fails for the first time, and with `null` when it works again. */
  readonly onChange?: (problem: string | null) => void
}

/** Keys are fetched again after so long, and meanwhile used. */
const freshMs = 5 * 60_000
/** Without the provider they serve for a day: longer, and a key that was revoked would never be. */
const usableMs = 24 * 3_600_000
/** Between two fetches, whatever tokens are shown. */
const pauseMs = 2000

/** The keys of a provider: there when a token comes, fetched at most every two seconds, kept while the provider is away. */
export class KeySource {
  readonly #options: KeySourceOptions
  #held: { readonly keys: PublicKeys; readonly at: number } | null = null
  #fetching: Promise<PublicKeys> | null = null
  #triedAt = Number.NEGATIVE_INFINITY
  #problem: string | null = null

  constructor(options: KeySourceOptions) {
    this.#options = options
  }

  /** The keys to check a token with. Waits for the provider only when there are none. Throws `KeysUnavailableError`. */
  async keys(): Promise<PublicKeys> {
    const held = this.#held
    const age = held === null ? Number.POSITIVE_INFINITY : Math.abs(this.#options.now() - held.at)
    if (held === null || age > usableMs) return this.#fetch()
    // Nobody waits for these; if it fails, the old ones go on.
    if (age > freshMs) this.#fetch().catch(() => {})
    return held.keys
  }

  /**
   * The keys as they are now, for a token whose key is not among `known`: a provider that changes its keys is asked at once,
   * but not once per token. Throws `KeysUnavailableError` when it cannot be asked.
   */
  async newerThan(known: PublicKeys): Promise<PublicKeys> {
    if (this.#held !== null && this.#held.keys !== known) return this.#held.keys
    if (this.#fetching === null && this.#isPausing && this.#problem === null) return known
    return this.#fetch()
  }

  get #isPausing(): boolean {
    // A clock that was set back does not lengthen the pause.
    return Math.abs(this.#options.now() - this.#triedAt) < pauseMs
  }

  #fetch(): Promise<PublicKeys> {
    if (this.#fetching !== null) return this.#fetching
    if (this.#isPausing) return Promise.reject(new KeysUnavailableError(this.#problem ?? 'pause'))
    this.#triedAt = this.#options.now()
    this.#fetching = this.#fetchOnce().finally(() => {
      this.#fetching = null
    })
    return this.#fetching
  }

  async #fetchOnce(): Promise<PublicKeys> {
    try {
      const fetched = await this.#options.fetch()
      const before = this.#held?.keys
      // The same object for the same keys, so that whoever remembers tokens need not forget them.
      const keys = before?.fingerprint === fetched.fingerprint ? before : fetched
      this.#held = { keys, at: this.#options.now() }
      if (this.#problem !== null) this.#options.onChange?.(null)
      this.#problem = null
      return keys
    } catch (error) {
      const problem = error instanceof KeysUnavailableError ? error.problem : 'unexpected'
      if (this.#problem === null) this.#options.onChange?.(problem)
      this.#problem = problem
      throw error instanceof KeysUnavailableError ? error : new KeysUnavailableError(problem)
    }
  }
}
