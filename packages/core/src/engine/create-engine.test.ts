import { describe, expect, test } from 'vitest'
import { assertAuditValue } from '../audit/assert-audit-value.ts'
import type { AuditEvent } from '../audit/audit-event.ts'
import { ask, bomb, observer, say, secret } from '../fixtures/test-calls.ts'
import { chainOf, policyOf } from '../fixtures/test-chain.ts'
import { WordScanner } from '../fixtures/word-scanner.ts'
import { workTime } from '../fixtures/work-time.ts'
import type { Message } from '../message/message.ts'
import type { PolicyDefinition } from '../policies/policy.ts'
import { createEngine } from './create-engine.ts'

describe('answers', () => {
  const chunk = (content: string) =>
    JSON.stringify({ choices: [{ index: 0, delta: { content }, logprobs: { content: [0] } }] })

  test('stay as they are, logprobs too, when no policy may change them', async () => {
    const engine = createEngine(chainOf({ definition: secret, mode: 'monitor' }))
    const source = chunk('a secret')
    const decision = await engine.checkResponse({ shape: 'chat.completions', source })
    expect(decision).toMatchObject({ outcome: 'allow', body: { source, changed: false } })
  })

  test('of several parts give values back once, and look at nothing again that was given back', async () => {
    const giving: PolicyDefinition = policyOf({
      scan: () =>
        new WordScanner(['ann'], (span) => ({
          rule: 'w',
          type: 'W',
          score: 1,
          action: 'redact',
          replacement: '[1]',
          ...span,
        })),
      restore: () => new WordScanner(['[1]'], (span) => ({ ...span, text: 'ann' })),
    })
    const parts = [
      { type: 'text', text: 'say [1] ' },
      { type: 'text', text: 'twice' },
    ]
    const answer = await createEngine(chainOf(giving)).evaluateResponse({
      messages: [{ role: 'assistant', content: parts }],
    })
    expect(answer).toMatchObject({ outcome: 'allow', findings: [] })
    expect(answer.outcome !== 'block' && answer.messages[0]?.content).toMatchObject([
      { text: 'say ann ' },
      { text: 'twice' },
    ])
  })

  test('count for the whole call: the worse of request and answer', async () => {
    const engine = createEngine(chainOf(secret))
    const request = await engine.evaluateRequest({ messages: [say('a secret')] })
    if (request.outcome === 'block') throw new Error('not expected')
    const answer = await request.evaluateResponse({
      messages: [{ role: 'assistant', content: 'fine' }],
    })
    expect(answer.outcome).toBe('allow')
    expect(answer.event).toMatchObject({
      decision: 'redact',
      reason_code: 'test_found',
      policy: 'redactor',
    })
    expect(answer.event.request_id).toBe(request.event.request_id)
  })

  test('of library callers keep the address of their message', async () => {
    const decision = await createEngine(chainOf(secret)).evaluateResponse({
      messages: [{ role: 'assistant', content: 'secret' }],
    })
    expect(decision).toMatchObject({
      messages: [{ content: '[X]' }],
      findings: [{ address: 'messages[0].content' }],
    })
  })
})

describe('the record', () => {
  test('has what was decided, in integers, and nothing of the text', async () => {
    const planted = 'secret-4711'
    const call = {
      function: {
        name: 'f',
        arguments: JSON.stringify({ secret_key: 'x', more: { [planted]: planted } }),
      },
    }
    const config = chainOf(secret, { definition: bomb, mode: 'monitor' })
    const engine = createEngine(config, { now: () => Date.UTC(2026, 0, 2) })
    const messages: Message[] = [say(planted), { role: 'assistant', tool_calls: [call] } as Message]
    const { event, findings } = await engine.evaluateRequest({ messages, requestId: 'req_7' })
    expect(event).toMatchObject({
      ...{
        type: 'request.decided',
        time: '2026-01-02T00:00:00.000Z',
        request_id: 'req_7',
        stage: 'request',
      },
      ...{
        decision: 'redact',
        reason_code: 'test_found',
        policy: 'redactor',
        param: null,
        not_scanned: {},
      },
      ...{ config_hash: config.hash, pack: { name: 'test', version: '1.2.3' } },
    })
    expect(event.id).toMatch(
      /^evt_[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    )
    assertAuditValue(event)
    expect(findings.length).toBeGreaterThan(3)
    expect(JSON.stringify({ event, findings })).not.toMatch(/secret/)
  })

  test('holds the first hundred findings and their number', async () => {
    const { event, findings } = await ask(chainOf(secret), 'secret '.repeat(250))
    expect(findings).toHaveLength(250)
    const [policy] = event['policies'] as unknown as {
      findings: unknown[]
      findings_total: number
    }[]
    expect(policy).toMatchObject({ findings_total: 250 })
    expect(policy?.findings).toHaveLength(100)
  })

  test('is with the sink before anybody may go on, once for each side', async () => {
    const kept: AuditEvent[] = []
    const audit = {
      async append(event: AuditEvent) {
        await new Promise((resolve) => setTimeout(resolve, 20))
        kept.push(event)
      },
    }
    const request = await ask(chainOf(secret, observer), 'x', { audit })
    expect(kept).toEqual([request.event])
    if (request.outcome === 'block') throw new Error('not expected')
    const answer = await request.evaluateResponse({ messages: [say('y')] })
    expect(kept).toEqual([request.event, answer.event])
  })

  test('that cannot be kept stops the call, blocked or not', async () => {
    const cause = new Error('disk full')
    const audit = { append: () => Promise.reject(cause) }
    for (const text of ['x', 'bomb'])
      await expect(ask(chainOf(bomb), text, { audit })).rejects.toMatchObject({
        code: 'audit_unavailable',
        cause,
      })
  })

  test('is not written by check*, which leaves that to its caller', async () => {
    const audit = { append: () => Promise.reject(new Error('must not be called')) }
    const source = JSON.stringify({ messages: [say('x')] })
    const engine = createEngine(chainOf(observer), { audit })
    const decision = await engine.checkRequest({ shape: 'chat.completions', source })
    expect(decision.policies).toMatchObject([{ policy: 'observer', verdict: 'pass' }])
  })
})

describe('time', () => {
  test('lets the event loop turn during a long evaluation', async () => {
    const slow = policyOf({
      inspect() {
        const until = performance.now() + 3
        while (performance.now() < until);
        return []
      },
    })
    let turns = 0
    const timer = setInterval(() => {
      turns += 1
    }, 1)
    await createEngine(chainOf(slow)).evaluateRequest({
      messages: Array.from({ length: 60 }, () => say('x')),
    })
    clearInterval(timer)
    expect(turns).toBeGreaterThan(5)
  })

  test('grows with the length of the body, not with its square', async () => {
    const engine = createEngine(chainOf(secret))
    const timed = async (count: number) => {
      const call = {
        function: {
          name: 'f',
          arguments: JSON.stringify(
            Object.fromEntries(
              Array.from({ length: count }, (_, index) => [`secret ${index}`, 'a secret']),
            ),
          ),
        },
      }
      const body = {
        messages: [say('secret '.repeat(count)), { role: 'assistant', tool_calls: [call] }],
        more: Array.from({ length: count }, () => 'secret'),
      }
      const source = JSON.stringify(body)
      return workTime(() => engine.checkRequest({ shape: 'chat.completions', source }))
    }
    const [short, long] = [await timed(1000), await timed(10_000)]
    expect(long / Math.max(short, 5)).toBeLessThan(50)
  })
})
