import { existsSync } from 'node:fs'
import type { AccessStore } from '@keeptrusts/access'
import { accessDatabasePath, openAccessStore } from '@keeptrusts/access'

interface AccessGateOptions {
  /** The data folder. */
  readonly dir: string
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** The access store of a data folder: opened when it is first asked for, and made by nobody here. */
export class AccessGate {
  readonly #options: AccessGateOptions
  #store: AccessStore | null = null

  constructor(options: AccessGateOptions) {
    this.#options = options
  }

  /** The store; `null` while nobody has made one. Throws what opening it throws. */
  store(): AccessStore | null {
    const { dir } = this.#options
    if (this.#store === null && existsSync(accessDatabasePath(dir)))
      this.#store = openAccessStore(this.#options)
    return this.#store
  }

  close(): void {
    this.#store?.close()
    this.#store = null
  }
}
