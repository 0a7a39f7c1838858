import { createHash, randomBytes } from 'node:crypto'

const PREFIX = 'kt_at_'
const FORM = /^kt_at_[A-Za-z0-9_-]{43}$/

/** A new session token: `kt_at_` (so that secret scanners know it) and 32 random bytes in base64url. */
export function createSessionToken(): string {
  return PREFIX + randomBytes(32).toString('base64url')
}

/** True for a text of the form of our tokens; says nothing about its being valid. */
export function isSessionToken(text: string): boolean {
  return FORM.test(text)
}

/** What is stored in a token's place. 256 random bits need no slow hash. */
export function hashSessionToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
