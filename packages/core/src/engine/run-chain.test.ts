import { describe, expect, test } from 'vitest'
import { ask, bomb, broken, observer, say, secret } from '../fixtures/test-calls.ts'
import type { Link } from '../fixtures/test-chain.ts'
import { chainOf, policyOf, wordPolicy } from '../fixtures/test-chain.ts'
import { createEngine } from './create-engine.ts'

describe('the chain', () => {
  test('allows what nobody objects to, and gives back the very same objects', async () => {
    const messages = [say('hello')]
    const tools = [{ type: 'function', function: { name: 'f' } }]
    const decision = await createEngine(chainOf(secret, bomb)).evaluateRequest({ messages, tools })
    expect(decision).toMatchObject({ outcome: 'allow', findings: [], not_scanned: {} })
    if (decision.outcome === 'block') throw new Error('not expected')
    expect(decision.messages).toBe(messages)
    expect(decision.tools).toBe(tools)
    expect(decision.event).toMatchObject({ reason_code: 'all_policies_passed', policy: null })
  })

  test('shows each policy the text as the ones before left it', async () => {
    const second = wordPolicy({ '[X]y': '[Z]' }, { kind: 'second' })
    const decision = await ask(chainOf(secret, second), 'a secrety thing')
    expect(decision).toMatchObject({ outcome: 'redact', messages: [{ content: 'a [Z] thing' }] })
    expect(decision.findings.map(({ policy, start, end }) => [policy, start, end])).toEqual([
      ['redactor', 2, 8],
      ['second', 2, 6],
    ])
  })

  test('stops deciding at the first block, and says of everybody what became of them', async () => {
    const config = chainOf(secret, bomb, broken, observer)
    const options = { audit: { append: async () => undefined } }
    const decision = await ask(config, 'a secret bomb', options)
    expect(decision).toMatchObject({
      ...{
        outcome: 'block',
        policy: 'blocker',
        reason: 'bomb_found',
        param: 'messages[0].content',
      },
      policies: [
        { policy: 'redactor', verdict: 'redact' },
        { policy: 'blocker', verdict: 'block', reason: 'bomb_found' },
        { policy: 'broken', verdict: 'not_run', reason: 'blocked_before' },
        { policy: 'observer', verdict: 'pass', reason: null },
      ],
    })
    expect(decision).not.toHaveProperty('messages')
    expect(decision).not.toHaveProperty('body')
  })

  test('says of an observer without a sink that it did not run', async () => {
    const decision = await ask(chainOf(observer), 'x')
    expect(decision.policies).toMatchObject([{ verdict: 'not_run', reason: 'no_sink' }])
  })

  test('records in monitor mode what would have been, and changes nothing', async () => {
    const monitored = [secret, bomb, broken].map((definition) => ({
      definition,
      mode: 'monitor' as const,
    }))
    const decision = await ask(chainOf(...monitored), 'a secret bomb')
    expect(decision).toMatchObject({
      outcome: 'allow',
      messages: [{ content: 'a secret bomb' }],
      policies: [
        { verdict: 'would_redact', reason: 'test_found' },
        { verdict: 'would_block', reason: 'bomb_found' },
        { verdict: 'error', reason: 'policy_failed' },
      ],
    })
    expect(decision.findings.map(({ enforced }) => enforced)).toEqual([false, false])
  })

  test('acts only in the directions of the policy and of apply_to', async () => {
    const requestOnly = wordPolicy({ secret: '' }, { kind: 'a', directions: ['request'] })
    const responseOnly = wordPolicy({ secret: '' }, { kind: 'b', directions: ['response'] })
    const engine = createEngine(
      chainOf(
        requestOnly,
        responseOnly,
        { definition: secret, apply_to: 'input' },
        { definition: bomb, apply_to: 'output' },
      ),
    )
    const request = await engine.evaluateRequest({ messages: [say('x')] })
    const response = await engine.evaluateResponse({ messages: [say('x')] })
    const verdicts = (list: typeof request.policies) =>
      list.map(({ verdict, reason }) => reason ?? verdict)
    expect(verdicts(request.policies)).toEqual(['pass', 'response_only', 'pass', 'apply_to'])
    expect(verdicts(response.policies)).toEqual(['request_only', 'pass', 'apply_to', 'pass'])
    expect(engine.actsOnResponses).toBe(true)
    expect(engine.policies.map(({ kind }) => kind)).toEqual(['a', 'b', 'redactor', 'blocker'])
  })

  test('acts on answers only if an enforced policy does', () => {
    const acts = (...links: readonly Link[]) => createEngine(chainOf(...links)).actsOnResponses
    expect(acts(observer)).toBe(false)
    expect(acts({ definition: secret, mode: 'monitor' })).toBe(false)
    expect(acts({ definition: secret, apply_to: 'input' })).toBe(false)
    expect(acts(wordPolicy({}, { directions: ['request'] }))).toBe(false)
    expect(acts(secret)).toBe(true)
  })

  test('asks policies that judge the whole call', async () => {
    const judge = policyOf(
      {
        judge: async ({ identity, model, headers }) =>
          identity.roles?.includes('analyst') && headers['x-team'] === 'a'
            ? null
            : { reason: 'role_missing', message: `Not for ${model}` },
      },
      { kind: 'judge' },
    )
    const engine = createEngine(chainOf(judge))
    const call = { messages: [say('x')], model: 'm-1' }
    expect(await engine.evaluateRequest(call)).toMatchObject({
      ...{ outcome: 'block', reason: 'role_missing', message: 'Not for m-1', param: null },
    })
    const allowed = { ...call, identity: { roles: ['analyst'] }, headers: { 'x-team': 'a' } }
    expect(await engine.evaluateRequest(allowed)).toMatchObject({ outcome: 'allow' })
  })
})
