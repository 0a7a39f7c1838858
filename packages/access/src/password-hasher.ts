import type { ScryptOptions } from 'node:crypto'
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

const SALT_BYTES = 16
const HASH_BYTES = 32
/** `scrypt-<log2 N>-8-1$<salt>$<hash>`, salt and hash in base64url. */
const FORM = /^scrypt-(\d\d)-8-1\$([A-Za-z0-9_-]+)\$([A-Za-z0-9_-]+)$/

/** One-way storage of passwords. */
export interface PasswordHasher {
  /** Takes a password, returns what to store. The cost is in it, so that it can be raised later. */
  hash(password: string): Promise<string>
  /** True when the password made this hash. The comparison takes the same time wherever the first difference is. */
  verify(password: string, stored: string): Promise<boolean>
  /** The work of a check, for an e-mail that nobody has: the time of an answer must not tell who exists. */
  pretend(password: string): Promise<false>
}

/**
 * scrypt with r=8, p=1 and N=2^17 (OWASP password storage cheat sheet): 128 MiB and a few tenths of a second per guess.
 * Another exponent is for tests, which do not need to be slow to be right.
 */
export function scryptHasher(exponent = 17): PasswordHasher {
  return {
    async hash(password) {
      const salt = randomBytes(SALT_BYTES)
      const hash = await derive(password, salt, exponent)
      return [`scrypt-${exponent}-8-1`, toText(salt), toText(hash)].join('$')
    },
    async verify(password, stored) {
      const [, cost, salt, hash] = FORM.exec(stored) ?? []
      if (cost === undefined || salt === undefined || hash === undefined) {
        throw new Error('a stored password hash has an unknown form')
      }
      const found = await derive(password, Buffer.from(salt, 'base64url'), Number(cost))
      const expected = Buffer.from(hash, 'base64url')
      return found.length === expected.length && timingSafeEqual(found, expected)
    },
    async pretend(password) {
      await derive(password, Buffer.alloc(SALT_BYTES), exponent)
      return false
    },
  }
}

function derive(password: string, salt: Buffer, exponent: number): Promise<Buffer> {
  const N = 2 ** exponent
  // Node refuses more than 32 MiB unless told; scrypt needs 128·N·r bytes and a little more.
  const cost: ScryptOptions = { N, r: 8, p: 1, maxmem: 128 * N * 8 + 1024 * 1024 }
  // NFKC: the same key presses give the same password on every system (NIST SP 800-63B §5.1.1.2).
  const text = password.normalize('NFKC')
  return new Promise((resolve, reject) => {
    scrypt(text, salt, HASH_BYTES, cost, (error, key) => (error ? reject(error) : resolve(key)))
  })
}

function toText(bytes: Buffer): string {
  return bytes.toString('base64url')
}
