import { describe, expect, it } from 'vitest'
import { noteVerifierKey } from './verifier-key.ts'

describe('noteVerifierKey', () => {
  it('agrees with the published example of the signed-note format', () => {
    const published = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
    const key = Buffer.from(published.split('+').slice(2).join('+'), 'base64').subarray(1)
    expect(noteVerifierKey('PeterNeumann', key)).toBe(published)
  })
})
