import type { GatewayDeps } from '../gateway-deps.ts'

/** One call's hold on the generation that it began with. */
export interface Lease {
  readonly deps: GatewayDeps
  /** The call is over. Later calls of it do nothing. */
  end(): void
}

interface Held {
  readonly deps: GatewayDeps
  calls: number
  retired: boolean
}

/** The generation that decides now, and those before it whose calls are still under way. */
export class LiveGateway {
  readonly #close: (old: GatewayDeps) => Promise<void>
  #held: Held
  readonly #old = new Set<Held>()
  readonly #closing = new Set<Promise<void>>()

  /** `close` gives back what a generation held, once its last call is over. It never rejects. */
  constructor(first: GatewayDeps, close: (old: GatewayDeps) => Promise<void>) {
    this.#held = { deps: first, calls: 0, retired: false }
    this.#close = close
  }

  /** What decides about whatever begins now; not to be kept across an `await`. */
  current(): GatewayDeps {
    return this.#held.deps
  }

  /** Generations that are no longer current and have calls under way. */
  get retiring(): number {
    return this.#old.size
  }

  /** Begins a call: it keeps this generation until `end`, whatever is swapped in meanwhile. */
  enter(): Lease {
    const held = this.#held
    held.calls += 1
    let ended = false
    const end = (): void => {
      if (ended) return
      ended = true
      held.calls -= 1
      if (held.retired && held.calls === 0) this.#end(held)
    }
    return { deps: held.deps, end }
  }

  /** Calls that begin from now on get `next`. */
  swap(next: GatewayDeps): void {
    const before = this.#held
    this.#held = { deps: next, calls: 0, retired: false }
    before.retired = true
    this.#old.add(before)
    if (before.calls === 0) this.#end(before)
  }

  /** Ends all generations, the current one too, and waits until everything is given back. */
  async close(): Promise<void> {
    for (const held of this.#old) this.#end(held)
    this.#end(this.#held)
    await Promise.all(this.#closing)
  }

  #end(held: Held): void {
    this.#old.delete(held)
    const closing = this.#close(held.deps).finally(() => this.#closing.delete(closing))
    this.#closing.add(closing)
  }
}
