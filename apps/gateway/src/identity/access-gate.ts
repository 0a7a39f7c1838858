import { statSync } from 'node:fs'
import type { AccessStore } from '@keeptrusts/access'
import { accessDatabasePath, openAccessStore } from '@keeptrusts/access'

interface AccessGateOptions {
  /** The data folder. */
  readonly dir: string
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

interface OpenStore {
  readonly store: AccessStore
  /** Of the file that is open. */
  readonly identity: string
}

/** The access store of a data folder: opened when it is first asked for, and made by nobody here. */
export class AccessGate {
  readonly #options: AccessGateOptions
  readonly #file: string
  #open: OpenStore | null = null

  constructor(options: AccessGateOptions) {
    this.#options = options
    this.#file = accessDatabasePath(options.dir)
  }

  /**
   * The store; `null` while there is none. A file that was removed or replaced is let go: its keys would be valid here for ever,
   * because nobody could revoke them any more. Throws what opening throws.
   */
  store(): AccessStore | null {
    const identity = identityOf(this.#file)
    if (this.#open !== null && this.#open.identity !== identity) this.close()
    if (identity === null) return null
    this.#open ??= { store: openAccessStore(this.#options), identity }
    return this.#open.store
  }

  close(): void {
    this.#open?.store.close()
    this.#open = null
  }
}

/** What tells a file from another one of the same name; `null` where there is none. */
function identityOf(file: string): string | null {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false })
  return found === undefined ? null : `${found.dev}:${found.ino}`
}
