import { statSync } from 'node:fs'
import type { AccessStore } from '@keeptrusts/access'
import { accessDatabasePath, openAccessStore } from '@keeptrusts/access'
import { GatewayError } from '../errors/gateway-error.ts'

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
   * because nobody could revoke them any more. Throws `GatewayError` `access_unavailable`, which tells callers nothing of the file.
   */
  store(): AccessStore | null {
    const identity = identityOf(this.#file)
    if (this.#open !== null && this.#open.identity !== identity) this.close()
    if (identity === null) return null
    try {
      this.#open ??= { store: openAccessStore(this.#options), identity }
    } catch (cause) {
      throw accessUnavailable(cause)
    }
    return this.#open.store
  }

  close(): void {
    this.#open?.store.close()
    this.#open = null
  }
}

/** Nothing can be said about who somebody is: neither a pass nor a refusal. What is wrong with the store is for the log alone. */
export function accessUnavailable(cause: unknown): GatewayError {
  return new GatewayError('access_unavailable', { headers: { 'retry-after': '2' }, cause })
}

/** What tells a file from another one of the same name; `null` where there is none. */
function identityOf(file: string): string | null {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false })
  return found === undefined ? null : `${found.dev}:${found.ino}`
}
