import { createHash } from 'node:crypto'
import type { Identity } from '@keeptrusts/core'
import type { PublicKeys } from './public-keys.ts'

/** Most tokens that are remembered. */
const capacity = 2000
/** A token is checked anew after so long, whatever its own end. */
const memoryMs = 60_000

interface Remembered {
  readonly identity: Identity
  /** The keys that it was checked with. */
  readonly keys: PublicKeys
  /** Milliseconds since the epoch. */
  readonly from: number
  readonly until: number
}

/** Tokens that were checked a moment ago, by their SHA-256: the tokens themselves are not kept. */
export class VerifiedTokens {
  readonly #byHash = new Map<string, Remembered>()

  /** Whose token that is, if it was checked with the same keys and its time is not over. */
  get(token: string, keys: PublicKeys, now: number): Identity | null {
    const known = this.#byHash.get(hashOf(token))
    if (known === undefined || known.keys !== keys) return null
    return now >= known.from && now < known.until ? known.identity : null
  }

  /** Remembers a token until `endsAt`, milliseconds since the epoch, and for a minute at most. */
  add(token: string, checked: Pick<Remembered, 'identity' | 'keys'>, { now, endsAt }: Times): void {
    // The oldest goes: a map keeps the order in which it was filled.
    const [oldest] = this.#byHash.keys()
    if (this.#byHash.size >= capacity && oldest !== undefined) this.#byHash.delete(oldest)
    const until = Math.min(endsAt, now + memoryMs)
    this.#byHash.set(hashOf(token), { ...checked, from: now, until })
  }
}

interface Times {
  readonly now: number
  readonly endsAt: number
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
