const windowMs = 60_000
/** Refused keys and tokens of one address in a minute; a client that was not told of a new key makes a few. */
const perAddress = 20
/** In all, so that many addresses cannot fill the log either. */
const inAll = 600
/** Addresses that are remembered; a flood of others makes the oldest forgotten. */
const mostAddresses = 10_000

/** What is to be done about a refused caller. */
export interface Refused {
  /** Whether it is worth an event of its own. */
  readonly recorded: boolean
  /** Seconds until the address may fail again; `null` while it may. */
  readonly retryAfter: number | null
}

interface Count {
  readonly since: number
  failures: number
}

/**
 * Counts what proved nothing, by address and minute. Only failures are slowed down: behind one address there may be a whole
 * company, whose valid keys must go on.
 */
export class FailedAttempts {
  readonly #addresses = new Map<string, Count>()
  #all: Count = { since: 0, failures: 0 }

  /** Counts one; `now` in milliseconds. */
  failed(address: string | null, now: number): Refused {
    if (now - this.#all.since >= windowMs || now < this.#all.since)
      this.#all = { since: now, failures: 0 }
    this.#all.failures += 1
    const count = this.#countOf(address ?? '', now)
    count.failures += 1
    const tooMany = count.failures > perAddress
    return {
      recorded: !tooMany && this.#all.failures <= inAll,
      retryAfter: tooMany ? Math.max(1, Math.ceil((count.since + windowMs - now) / 1000)) : null,
    }
  }

  #countOf(address: string, now: number): Count {
    const known = this.#addresses.get(address)
    if (known !== undefined && now - known.since < windowMs && now >= known.since) return known
    this.#addresses.delete(address)
    if (this.#addresses.size >= mostAddresses) {
      const [oldest = ''] = this.#addresses.keys()
      this.#addresses.delete(oldest)
    }
    const count = { since: now, failures: 0 }
    this.#addresses.set(address, count)
    return count
  }
}
