import { describe, expect, test } from 'vitest'
import { ask, bomb, check, say, secret } from '../fixtures/test-calls.ts'
import { chainOf, policyOf } from '../fixtures/test-chain.ts'
import type { Segment } from '../message/segment.ts'
import type { Match, Policy } from '../policies/policy.ts'
import { createEngine } from './create-engine.ts'

describe('edits', () => {
  test('overlapping redactions leave no piece behind and take the replacement of the longest', async () => {
    const policy = policyOf({
      inspect: () => [
        {
          rule: 'a',
          type: 'A',
          start: 0,
          end: 4,
          score: 1000,
          action: 'redact',
          replacement: '[A]',
        },
        { rule: 'b', type: 'B', start: 3, end: 9, score: 10, action: 'redact', replacement: '[B]' },
        {
          rule: 'c',
          type: 'C',
          start: 9,
          end: 10,
          score: 10,
          action: 'redact',
          replacement: '[C]',
        },
      ],
    })
    expect(await ask(chainOf(policy), '0123456789')).toMatchObject({
      messages: [{ content: '[B][C]' }],
    })
  })

  test('of equal length the higher score wins', async () => {
    const both = [1, 2].map(
      (score): Match => ({
        rule: `r${score}`,
        type: 'T',
        start: 0,
        end: 2,
        score,
        action: 'redact',
        replacement: `[${score}]`,
      }),
    )
    expect(await ask(chainOf(policyOf({ inspect: () => both })), 'ab')).toMatchObject({
      messages: [{ content: '[2]' }],
    })
  })

  test('what a checksum proves wins over what is longer', async () => {
    const found = (start: number, end: number, given: Partial<Match> = {}): Match => ({
      ...{ rule: 'r', type: 'T', start, end, score: 1, action: 'redact', replacement: '[LONG]' },
      ...given,
    })
    const matches = [found(0, 8), found(2, 4, { proven: true, replacement: '[PROVEN]' })]
    for (const inspected of [matches, matches.toReversed()])
      expect(
        await ask(chainOf(policyOf({ inspect: () => inspected })), '0123456789'),
      ).toMatchObject({
        messages: [{ content: '[PROVEN]89' }],
      })
  })

  test('a span without length is the whole text, and half a character is a whole one', async () => {
    const span = (start: number, end: number) =>
      policyOf({
        inspect: () => [
          { rule: 'r', type: 'T', start, end, score: 1, action: 'redact', replacement: '#' },
        ],
      })
    expect(await ask(chainOf(span(0, 0)), 'all of it')).toMatchObject({
      messages: [{ content: '#' }],
    })
    expect(await ask(chainOf(span(2, 3)), 'a😀b')).toMatchObject({ messages: [{ content: 'a#b' }] })
  })

  test('identifiers are read and never edited; a block on one blocks', async () => {
    const body = { model: 'secret-model', messages: [say('x')] }
    const redacted = await check(chainOf(secret), body)
    expect(redacted).toMatchObject({
      ...{ outcome: 'allow', body: { changed: false }, policies: [{ verdict: 'pass' }] },
      findings: [{ address: 'model', note: 'not_editable', enforced: false }],
    })
    expect(await check(chainOf(bomb), { ...body, model: 'bomb' })).toMatchObject({
      outcome: 'block',
      param: 'model',
    })
  })

  test('parts are looked at joined and one by one', async () => {
    const seen: string[] = []
    const policy = policyOf({
      inspect({ text }: Segment) {
        seen.push(text)
        const start = text.indexOf('ab')
        return start < 0
          ? []
          : [
              {
                rule: 'r',
                type: 'T',
                start,
                end: start + 2,
                score: 1,
                action: 'redact',
                replacement: '#',
              },
            ]
      },
    })
    const content = ['xa', 'b', 'ab'].map((text) => ({ type: 'text', text }))
    const decision = await createEngine(chainOf(policy)).evaluateRequest({
      messages: [{ role: 'user', content }],
    })
    expect(seen).toEqual(['xabab', 'xa', 'b', 'ab'])
    expect(decision).toMatchObject({
      messages: [{ content: [{ text: 'x#' }, { text: '' }, { text: '#' }] }],
    })
    expect(decision.findings.map(({ address, start, end }) => [address, start, end])).toEqual([
      ['messages[0].content', 1, 3],
      ['messages[0].content', 3, 5],
    ])
  })

  test('never change what the caller handed in', async () => {
    const frozen = Object.freeze({ role: 'user', content: 'a secret' })
    const decision = await createEngine(chainOf(secret)).evaluateRequest({
      messages: Object.freeze([frozen]),
    })
    expect(frozen.content).toBe('a secret')
    expect(decision).toMatchObject({ messages: [{ role: 'user', content: 'a [X]' }] })
  })

  test('reach tool definitions, and hand the edited ones back', async () => {
    const tools = [{ type: 'function', function: { name: 'f', description: 'a secret' } }]
    const decision = await createEngine(chainOf(secret)).evaluateRequest({
      messages: [say('x')],
      tools,
    })
    expect(decision).toMatchObject({
      outcome: 'redact',
      tools: [{ function: { description: 'a [X]' } }],
    })
    expect(decision.findings).toMatchObject([
      { address: 'tools[0].function.description', role: null },
    ])
  })

  test('survive half a surrogate pair in a text of the library', async () => {
    expect(await ask(chainOf(secret), 'a secret \ud83d')).toMatchObject({
      messages: [{ content: 'a [X] \ud83d' }],
    })
  })

  test('a policy cannot change a segment', async () => {
    const policy = policyOf({
      inspect(segment) {
        ;(segment as { text: string }).text = 'changed'
        return []
      },
    })
    expect(await ask(chainOf(policy), 'x')).toMatchObject({ reason: 'policy_failed' })
  })
})

describe('a policy that works in steps', () => {
  const slow = (steps: number): Policy => ({
    inspect: () => [],
    *inspectInSteps() {
      for (let step = 0; step < steps; step += 1) {
        const end = performance.now() + 10
        while (performance.now() < end);
        yield
      }
      const found = { rule: 'r', type: 'T', start: 0, end: 1, score: 1, replacement: '#' }
      return [{ ...found, action: 'redact' as const }]
    },
  })

  test('lets other work run between them, and is used in place of inspect', async () => {
    let turns = 0
    let running = true
    const other = (): void => {
      turns += 1
      if (running) setImmediate(other)
    }
    setImmediate(other)
    const result = await ask(chainOf(policyOf(slow(10))), 'abc')
    running = false
    expect(result).toMatchObject({ messages: [{ content: '#bc' }] })
    // Ten steps have nine places between them.
    expect(turns).toBeGreaterThanOrEqual(9)
  })

  test('that throws in a later step has failed', async () => {
    const breaking = policyOf({
      inspect: () => [],
      *inspectInSteps() {
        yield
        throw new Error('broken by the test')
      },
    })
    expect(await ask(chainOf(breaking), 'abc')).toMatchObject({ outcome: 'block' })
  })
})
