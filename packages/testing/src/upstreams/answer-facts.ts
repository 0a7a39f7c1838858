import { createHash } from 'node:crypto'

/** An id that is the same for the same request. */
export function idFor(prefix: string, body: unknown): string {
  return `${prefix}-${hashOf(body).toString('hex').slice(0, 16)}`
}

/** Thirty-two bytes that are the same for the same value. */
export function hashOf(value: unknown): Buffer {
  return createHash('sha256').update(JSON.stringify(value)).digest()
}

/** Four characters a token. */
export function countTokens(text: string): number {
  return Math.ceil(text.length / 4)
}
