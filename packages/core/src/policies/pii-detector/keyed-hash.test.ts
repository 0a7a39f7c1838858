import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../config/parse-config.ts'
import { createEngine } from '../../engine/create-engine.ts'
import { keyedHash } from './keyed-hash.ts'

const config = parseConfig(`pack: {name: t, version: 1.0.0}
policies: {chain: [pii-detector]}
policy:
  pii-detector:
    entities: [EMAIL_ADDRESS, PHONE_NUMBER]
    redaction: {marker_format: hash, hash_key_ref: {env: HASH_KEY}}
`)
const key = '0123456789abcdef'

async function redacted(content: string, env: Record<string, string>): Promise<unknown> {
  const messages = [{ role: 'user', content }]
  const decision = await createEngine(config, { env }).evaluateRequest({ messages })
  return decision.outcome === 'block' ? null : decision.messages[0]?.content
}

describe('hash markers', () => {
  it('show the beginning of the HMAC-SHA-256 of type and value, the same for all spellings of it', async () => {
    const hash = createHmac('sha256', key).update('EMAIL_ADDRESS ann@example.com').digest('hex')
    expect(await redacted('Ann@Example.com or ann@example.com', { HASH_KEY: key })).toBe(
      `[EMAIL_${hash.slice(0, 12)}] or [EMAIL_${hash.slice(0, 12)}]`,
    )
    const spelled = await redacted('212-555-0147, (212) 555-0147', { HASH_KEY: key })
    expect(spelled).toMatch(/^(\[PHONE_[0-9a-f]{12}\]), \1$/)
  })

  it('differ by key', async () => {
    const hashes = [key, `${key}x`].map((one) => keyedHash(one, ['US'])('US_SSN', '536-22-8726'))
    expect(new Set(hashes).size).toBe(2)
  })

  it.each([{}, { HASH_KEY: '' }, { HASH_KEY: 'short' }])(
    'need their key at the start: %j',
    async (env) => {
      await expect(redacted('x', env)).rejects.toMatchObject({
        code: 'policy-secret-missing',
        message: expect.stringContaining('HASH_KEY'),
      })
    },
  )

  it('are never made without a key', () => {
    expect(() => keyedHash(undefined, [])('US_SSN', '1')).toThrow()
  })
})
