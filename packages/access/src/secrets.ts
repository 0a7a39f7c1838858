import { createHash, randomBytes } from 'node:crypto'

/** What our secrets begin with, so that scanners know them and nobody takes one kind for another. */
const prefixes = { session: 'kt_at_', apiToken: 'kt_pt_', gatewayKey: 'kt_gk_' } as const

export type SecretKind = keyof typeof prefixes

/** A new secret: its prefix and 32 random bytes in base64url. */
export function createSecret(kind: SecretKind): string {
  return prefixes[kind] + randomBytes(32).toString('base64url')
}

/** True for a text of the form of our secrets of a kind; says nothing about its being valid. */
export function isSecret(kind: SecretKind, text: string): boolean {
  return text.startsWith(prefixes[kind]) && /^[A-Za-z0-9_-]{43}$/.test(text.slice(6))
}

/** What is stored in a secret's place. 256 random bits need no slow hash. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** Names something that a secret belongs to, as in `gk_5f1d0c9be2a4`; safe to show. */
export function newId(prefix: 'gk' | 'pt'): string {
  return `${prefix}_${randomBytes(6).toString('hex')}`
}
