import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { FindingType } from './entity-types.ts'
import { valueKey } from './numbered/value-key.ts'

/** Characters of the hash that a marker shows: 48 bits tell millions of values apart. */
const shown = 12

/**
 * The hash of a value under a key (HMAC-SHA-256, RFC 2104), the same for all its spellings and for no other type.
 * Throws when there is no key: what stands in markers could be found out by trying.
 */
export function keyedHash(key: string | undefined, phoneRegions: readonly string[]) {
  return (type: FindingType, value: string): string => {
    if (key === undefined || key === '') throw new Error('hash markers have no key')
    const text = `${type} ${valueKey(type, value, phoneRegions)}`
    return bytesToHex(hmac(sha256, utf8ToBytes(key), utf8ToBytes(text))).slice(0, shown)
  }
}
