import { existsSync } from 'node:fs'
import { readSigningKey } from '../log-keys.ts'
import { parseVerifierKey, verifierKey } from '../notes/verifier-key.ts'
import type { PinnedKey } from './check-keys.ts'

/** Where a key to hold a log against may come from. */
export interface PinSources {
  /** A verifier key that somebody gives. */
  readonly vkey?: string | null
  /** The file of the signing key on this machine, whose public part is taken when no key is given. */
  readonly keyFile?: string | null
}

/** The key to hold a log against; `null` when there is none. Throws `StoreFault` for a key file that cannot be read. */
export function readPinnedKey({ vkey, keyFile }: PinSources, log: string): PinnedKey | null {
  if (vkey) return { vkey: vkey.trim(), source: 'given' }
  if (!keyFile || !existsSync(keyFile)) return null
  return { vkey: verifierKey(log, readSigningKey(keyFile).publicKey), source: 'key-file' }
}

/** Whether a text is a verifier key of C2SP signed-note. */
export function isVerifierKey(text: string): boolean {
  return parseVerifierKey(text) !== null
}
