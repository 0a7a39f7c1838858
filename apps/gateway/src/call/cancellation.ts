/** Why nobody waits for an answer any more. */
export type CancelReason = 'client_disconnected' | 'client_too_slow' | 'shutdown'

/**
 * Tells everything that works for one call that its answer is no longer wanted.
 * Made by hand: composed `AbortSignal`s leak on Node 20 (nodejs/node#54614).
 */
export class Cancellation {
  #reason: CancelReason | null = null
  readonly #listeners = new Set<() => void>()

  /** `null` while somebody still waits. */
  get reason(): CancelReason | null {
    return this.#reason
  }

  /** Cancels once; later calls change nothing. */
  cancel(reason: CancelReason): void {
    if (this.#reason !== null) return
    this.#reason = reason
    const listeners = [...this.#listeners]
    this.#listeners.clear()
    for (const listener of listeners) listener()
  }

  /** Calls `listener` once on cancellation, at once when that was before. Returns what takes the listener away. */
  onCancel(listener: () => void): () => void {
    if (this.#reason !== null) {
      listener()
      return () => {}
    }
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
