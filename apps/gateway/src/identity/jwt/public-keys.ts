import { createHash } from 'node:crypto'
import type { JWK, JWTVerifyGetKey } from 'jose'
import { createLocalJWKSet } from 'jose'
import { KeysUnavailableError } from './token-problem.ts'

/** Most keys that a provider may have: each costs memory, and a token without a key id is tried with all. */
const maxKeys = 64

/** The usable keys of a provider at one time. */
export interface PublicKeys {
  /** The key of a token's header; throws jose's `JWKSNoMatchingKey` and `JWKSMultipleMatchingKeys`. */
  readonly find: JWTVerifyGetKey
  /** The same for the same keys. */
  readonly fingerprint: string
}

/** Reads a JSON Web Key Set (RFC 7517 §5). Keys for encryption, secrets, and private parts are left out. Throws `KeysUnavailableError`. */
export function readPublicKeys(document: Readonly<Record<string, unknown>> | null): PublicKeys {
  const list = document?.['keys']
  if (!Array.isArray(list)) throw new KeysUnavailableError('no_keys')
  if (list.length > maxKeys) throw new KeysUnavailableError('too_many_keys')
  const keys = list.flatMap(publicPart)
  if (keys.length === 0) throw new KeysUnavailableError('no_usable_key')
  const fingerprint = createHash('sha256').update(JSON.stringify(keys)).digest('hex')
  return { find: createLocalJWKSet({ keys }), fingerprint }
}

const members = ['kty', 'kid', 'alg', 'use', 'key_ops', 'n', 'e', 'crv', 'x', 'y'] as const

function publicPart(value: unknown): JWK[] {
  if (typeof value !== 'object' || value === null) return []
  const key = value as Readonly<Record<string, unknown>>
  if (!['RSA', 'EC', 'OKP'].includes(String(key['kty'])) || key['use'] === 'enc') return []
  const kept = members.filter((name) => key[name] !== undefined)
  return [Object.fromEntries(kept.map((name) => [name, key[name]])) as unknown as JWK]
}
