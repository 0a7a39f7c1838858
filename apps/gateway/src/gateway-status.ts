import type { Cancellation } from './call/cancellation.ts'

/** What is told about a certificate of the gateway. */
export interface ShownCertificate {
  /** Milliseconds since the epoch. */
  readonly current: { readonly notAfter: number; readonly fingerprint: string }
  /** Why the files that lie there now are not used; `null` when they are. */
  readonly problem: string | null
}

/** What health reports and draining need to know about a running gateway. */
export class GatewayStatus {
  readonly startedAt: number
  draining = false
  #processed = 0
  #rejected = 0
  readonly #active = new Set<Cancellation>()
  #whenIdle: (() => void) | null = null

  constructor(now: number) {
    this.startedAt = now
  }

  /** Calls that were answered since the start. */
  get processed(): number {
    return this.#processed
  }

  /** Requests that were refused before they became calls, for what their head was. */
  get rejected(): number {
    return this.#rejected
  }

  /** Counts such a request. */
  reject(): void {
    this.#rejected += 1
  }

  /** Calls that are being answered. */
  get active(): number {
    return this.#active.size
  }

  /** Counts a call in; the returned function counts it out. */
  enter(call: Cancellation): () => void {
    this.#active.add(call)
    return () => {
      if (!this.#active.delete(call)) return
      this.#processed += 1
      if (this.#active.size === 0) this.#whenIdle?.()
    }
  }

  /** Ends every call that is still being answered. */
  cancelAll(): void {
    for (const call of [...this.#active]) call.cancel('shutdown')
  }

  /** Resolves when no call is being answered, or after `ms`. */
  async idle(ms: number): Promise<void> {
    if (this.#active.size === 0) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#whenIdle = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
