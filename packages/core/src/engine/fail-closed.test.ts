import { describe, expect, test } from 'vitest'
import type { Config } from '../config/config.ts'
import { ask, broken, check, say, secret } from '../fixtures/test-calls.ts'
import { chainOf, policyOf } from '../fixtures/test-chain.ts'
import type { Match } from '../policies/policy.ts'
import { createEngine } from './create-engine.ts'

describe('failing closed', () => {
  test('a policy that throws is a block that tells nothing of the text', async () => {
    const decision = await ask(chainOf(broken, secret), 'a secret')
    expect(decision).toMatchObject({
      ...{ outcome: 'block', policy: 'broken', reason: 'policy_failed', param: null },
      policies: [{ verdict: 'error', reason: 'policy_failed' }, { reason: 'blocked_before' }],
    })
    expect(JSON.stringify(decision)).not.toContain('broken by the test')
  })

  test('fail mode allow makes it a recorded pass, and keeps what else was found', async () => {
    const half = policyOf({
      inspect({ text }) {
        if (text === 'boom') throw new Error('broken by the test')
        return [
          { rule: 'r', type: 'T', start: 0, end: 1, score: 1, action: 'redact', replacement: '#' },
        ]
      },
    })
    const engine = createEngine(chainOf(half), { failMode: 'allow' })
    const decision = await engine.evaluateRequest({ messages: [say('boom'), say('x1')] })
    expect(decision).toMatchObject({
      messages: [{ content: 'boom' }, { content: '#1' }],
      policies: [{ verdict: 'error', reason: 'policy_failed' }],
    })
  })

  const match: Match = { rule: 'r', type: 'T', start: 0, end: 1, score: 1, action: 'block' }
  test.each<[string, object]>([
    ['beyond the end', { end: 99 }],
    ['before the start', { start: -1 }],
    ['backwards', { start: 1, end: 0 }],
    ['not a number', { start: Number.NaN }],
    ['a fraction', { end: 0.5 }],
    ['a redaction without replacement', { action: 'redact' }],
    ['no action', { action: 'shrug' }],
    ['no score', { score: Number.NaN }],
  ])('a match that makes no sense is a failure: %s', async (_, wrong) => {
    const policy = policyOf({ inspect: () => [{ ...match, ...wrong }] })
    expect(await ask(chainOf(policy), 'text')).toMatchObject({ reason: 'policy_failed' })
  })

  test.each(['token_array', 'stored_context', 'media'] as const)(
    '%s is refused as configured',
    async (kind) => {
      const bodies = {
        token_array: { prompt: [1, 2] },
        stored_context: { previous_response_id: 'r_1' },
        media: {
          messages: [
            {
              role: 'user',
              content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,QUJD' } }],
            },
          ],
        },
      }
      const body = { messages: [say('x')], ...bodies[kind] }
      const config = chainOf(secret)
      const set = (value: 'allow' | 'block'): Config => ({
        ...config,
        enforcement: {
          ...config.enforcement,
          on_unscannable: { token_array: value, stored_context: value, media: value },
        },
      })
      const blocked = await check(set('block'), body)
      expect(blocked).toMatchObject({
        outcome: 'block',
        policy: 'unscannable',
        reason: 'unscannable_input',
        policies: [{ reason: 'blocked_before' }],
      })
      expect(blocked.outcome === 'block' && blocked.param).toMatch(
        /^(prompt|previous_response_id|messages\[0\]\.content\[0\]\.image_url)$/,
      )
      expect(Object.values(blocked.not_scanned)).toEqual([1])
      expect(await check(set('allow'), body)).toMatchObject({
        outcome: 'allow',
        not_scanned: blocked.not_scanned,
      })
    },
  )
})
