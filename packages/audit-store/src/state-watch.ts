import type { StoreState } from './audit-store.ts'

/** A state of a log, and why it is in it. */
export interface StateChange {
  readonly state: StoreState
  /** A few words that hold no path; `null` for `open`. */
  readonly reason: string | null
}

/** Remembers since when a log is in its state, and tells who wants to know when it changes. */
export class StateWatch {
  readonly #now: () => number
  readonly #onChange: (change: StateChange) => void
  #current: StateChange = { state: 'open', reason: null }
  #since: number

  /** `now`: milliseconds since the epoch. */
  constructor(now: () => number, onChange: (change: StateChange) => void) {
    this.#now = now
    this.#onChange = onChange
    this.#since = now()
  }

  /** When the present state began, milliseconds since the epoch. */
  get since(): number {
    return this.#since
  }

  /** Called with the state after everything that may have changed it. */
  update(change: StateChange): void {
    const changed = change.state !== this.#current.state
    if (!changed) return
    this.#current = change
    this.#since = this.#now()
    this.#onChange(change)
  }
}
