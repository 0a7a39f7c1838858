import type { Cancellation } from '../../call/cancellation.ts'
import { TransportError } from '../../transport/transport-error.ts'

/** A token and how long it holds from the moment it was asked for. */
export interface FetchedToken {
  readonly token: string
  /** Milliseconds. */
  readonly lifeMs: number
}

interface TokenSourceOptions {
  /** Asks the token server once; throws `GatewayError` and `TransportError`. */
  readonly fetch: () => Promise<FetchedToken>
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

interface Held {
  readonly token: string
  /** From here on a new one is fetched while this one still serves. */
  readonly renewAt: number
  /** From here on it is not used any more. */
  readonly endsAt: number
}

interface Failed {
  readonly error: unknown
  readonly at: number
}

const minuteMs = 60_000
/** After a failed fetch, so that a dead token server is not asked once per call. */
const pauseMs = 1000
/** Between two tokens that are given up because a server refused them: a refusal may be about permission. */
const refusalPauseMs = 10_000

/** A short-lived token that is there when a call needs it: at most one fetch at a time, renewed before it ends. */
export class TokenSource {
  readonly #options: TokenSourceOptions
  #held: Held | null = null
  #fetching: Promise<string> | null = null
  #failed: Failed | null = null
  #droppedAt = Number.NEGATIVE_INFINITY

  constructor(options: TokenSourceOptions) {
    this.#options = options
  }

  /**
   * A token that holds now. Waits for the token server only when there is none; a cancelled call stops waiting, the
   * fetch goes on for the others. Throws what the fetch threw, for a second without asking again, and
   * `TransportError` `cancelled`.
   */
  async token(cancellation: Cancellation): Promise<string> {
    const now = this.#options.now()
    const held = this.#held
    if (held === null || now >= held.endsAt) return unlessCancelled(this.#renew(now), cancellation)
    // Nobody waits for this one; if it fails, the calls after the end of the old token say so.
    if (now >= held.renewAt) this.#renew(now).catch(() => {})
    return held.token
  }

  /** The server refused the token. A second refusal soon after changes nothing: then it is not the token's fault. */
  drop(): void {
    const now = this.#options.now()
    // A clock that was set back does not lengthen the pause.
    if (this.#held === null || Math.abs(now - this.#droppedAt) < refusalPauseMs) return
    this.#held = null
    this.#droppedAt = now
  }

  #renew(now: number): Promise<string> {
    if (this.#fetching !== null) return this.#fetching
    const failed = this.#failed
    // A clock that was set back does not lengthen the pause.
    if (failed !== null && Math.abs(now - failed.at) < pauseMs) return Promise.reject(failed.error)
    this.#fetching = this.#fetch(now).finally(() => {
      this.#fetching = null
    })
    return this.#fetching
  }

  async #fetch(now: number): Promise<string> {
    try {
      const { token, lifeMs } = await this.#options.fetch()
      this.#held = { token, ...spanOf(now, lifeMs) }
      this.#failed = null
      return token
    } catch (error) {
      this.#failed = { error, at: this.#options.now() }
      throw error
    }
  }
}

/**
 * Renewed when a minute or a tenth of its life remains, whichever is longer, but neither before half of it nor more
 * than ten minutes early; not used in its last seconds, which it may not survive on the way.
 */
function spanOf(
  start: number,
  lifeMs: number,
): { readonly renewAt: number; readonly endsAt: number } {
  const early = Math.min(Math.max(minuteMs, lifeMs / 10), 10 * minuteMs, lifeMs / 2)
  return {
    renewAt: start + lifeMs - early,
    endsAt: start + lifeMs - Math.min(5000, lifeMs / 10),
  }
}

async function unlessCancelled<T>(work: Promise<T>, cancellation: Cancellation): Promise<T> {
  let stopListening = (): void => {}
  const cancelled = new Promise<never>((_, reject) => {
    stopListening = cancellation.onCancel(() =>
      reject(new TransportError('cancelled', { sent: false })),
    )
  })
  try {
    return await Promise.race([work, cancelled])
  } finally {
    stopListening()
  }
}
