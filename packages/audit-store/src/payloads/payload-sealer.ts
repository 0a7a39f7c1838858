import { randomBytes } from 'node:crypto'
import type { SealedPayload } from './payload-box.ts'
import { payloadHash, payloadKeyId, sealBox, wrapKey } from './payload-box.ts'

const dayMs = 86_400_000

interface SealerOptions {
  /** Log id. */
  readonly log: string
  /** The payload master key, 32 bytes. */
  readonly master: Uint8Array
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

interface DayKey {
  readonly day: number
  readonly key: Buffer
  readonly wrapped: Uint8Array
  readonly keyId: string
}

/**
 * Encrypts contents on their way into the log, each day (UTC) and each run of the gateway under a key of its own. A key that was
 * left is never taken up again, so that the contents of one key lie side by side in the log.
 */
export class PayloadSealer {
  readonly #options: SealerOptions
  #current: DayKey | null = null

  constructor(options: SealerOptions) {
    this.#options = options
  }

  /** Encrypts the content of an event; `hash` is what the event has to say of it. */
  seal(
    eventId: string,
    content: Uint8Array,
  ): { readonly payload: SealedPayload; readonly hash: string } {
    const { key, wrapped, keyId } = this.#keyOfToday()
    const payload = { keyId, wrapped, ...sealBox(key, content, `${this.#options.log}/${eventId}`) }
    return { payload, hash: payloadHash(payload) }
  }

  #keyOfToday(): DayKey {
    const { log, master, now } = this.#options
    const day = Math.floor(now() / dayMs)
    if (this.#current?.day === day) return this.#current
    const key = randomBytes(32)
    const wrapped = wrapKey(master, key, log)
    this.#current = { day, key, wrapped, keyId: payloadKeyId(wrapped) }
    return this.#current
  }
}
