import { existsSync } from 'node:fs'
import { readSigningKey } from '../log-keys.ts'
import { parseVerifierKey, verifierKey } from '../notes/verifier-key.ts'
import { toStoreError } from '../store-errors.ts'
import { systemFault } from '../system-fault.ts'
import type { PinnedKey } from './check-keys.ts'

/** Where a key to hold a log against may come from. */
export interface PinSources {
  /** A verifier key that somebody gives. */
  readonly given: string | null
  /** The file of the signing key on this machine, whose public part is taken when none is given. */
  readonly keyFile: string
  /** Log id, 32 hex digits. */
  readonly log: string
}

/**
 * The key to hold a log against: the one that is given, else that of the key file, else `null`. Throws `StoreRefusedError` for a key
 * file that cannot be read; `undefined` is returned for a given key that is none.
 */
export function readPinnedKey({ given, keyFile, log }: PinSources): PinnedKey | null | undefined {
  if (given !== null) {
    return parseVerifierKey(given) === null ? undefined : { vkey: given.trim(), source: 'given' }
  }
  if (!existsSync(keyFile)) return null
  try {
    return { vkey: verifierKey(log, readSigningKey(keyFile).publicKey), source: 'key-file' }
  } catch (error) {
    throw toStoreError(systemFault(error))
  }
}
