import { describe, expect, it } from 'vitest'
import { createEngine } from '../engine/create-engine.ts'
import { secret } from '../fixtures/test-calls.ts'
import { chainOf } from '../fixtures/test-chain.ts'
import type { ApiShape } from '../message/segment.ts'
import { isPiece } from './growing-text.ts'

const engine = createEngine(chainOf(secret))

/** All that goes out for these events. */
async function release(events: readonly object[], shape: ApiShape = 'chat.completions') {
  const guard = engine.guardResponse<number>({ shape })
  const out: string[] = []
  for (const [at, event] of events.entries())
    for (const { source } of await guard.push(JSON.stringify(event), at)) out.push(source)
  const { released, decision } = await guard.end()
  for (const { source } of released) out.push(source)
  return { out, decision }
}

const inChoice = (delta: object) => ({ choices: [{ index: 0, delta }] })

describe('a text that clients join', () => {
  it.each<[string, (text: string) => object]>([
    ['of nested parts', (text) => inChoice({ content: [[{ type: 'text', text }]] })],
    ['under `value`', (value) => inChoice({ content: [{ type: 'text', text: { value } }] })],
    ['of a tool', (parameters) => inChoice({ tool_calls: [{ function: { parameters } }] })],
    ['that nobody knows', (words) => inChoice({ thought: { deep: [{ words }] } })],
    ['under a key of letters', (text) => inChoice({ réponse: text })],
    ['under a key of signs', (text) => inChoice({ 'a.b "c"[0]': { 'd e': text } })],
    ['in the place of a message', (text) => ({ choices: [{ index: 0, delta: text }] })],
    ['under the name of a result', (context) => inChoice({ context })],
    ['beside the choices', (content) => ({ delta: { content } })],
    ['that is all of a piece', (delta) => ({ delta })],
  ])('%s is looked at across its events', async (_, event) => {
    const { out, decision } = await release([event('a sec'), event('ret.')])
    expect(out.join('')).toContain('[X]')
    expect(decision).toMatchObject({ outcome: 'redact' })
  })

  it('is looked at in a part that says by its index which one it is', async () => {
    const detail = (index: number, text: string) => ({ type: 'reasoning.text', index, text })
    const { decision } = await release([
      inChoice({ reasoning_details: [detail(0, 'x'), detail(1, 'a sec')] }),
      inChoice({ reasoning_details: [detail(1, 'ret.')] }),
    ])
    expect(decision).toMatchObject({ outcome: 'redact' })
  })

  it('is looked at under a key of any length', async () => {
    const long = (text: string) => inChoice({ ['"k'.repeat(1_000_000)]: { text } })
    expect((await release([long('a sec'), long('ret.')])).decision.outcome).toBe('redact')
  })

  it('is looked at across the parts of its content, however many an event brings', async () => {
    const text = (value: string) => ({ type: 'text', text: value })
    const { decision } = await release([
      inChoice({ content: [text('a sec')] }),
      inChoice({ content: [text('re'), { type: 'image' }, text('t')] }),
    ])
    expect(decision).toMatchObject({ outcome: 'redact' })
  })

  it.each<[string, object, object]>([
    [
      'a part',
      { type: 'response.content_part.added', part: { type: 'output_text', text: 'a sec' } },
      { type: 'response.output_text.delta', delta: 'ret.' },
    ],
    [
      'an item',
      {
        type: 'response.output_item.added',
        item: { type: 'function_call', arguments: '{"a":"sec' },
      },
      { type: 'response.function_call_arguments.delta', delta: 'ret"}' },
    ],
    [
      'a response',
      {
        type: 'response.created',
        response: {
          output: [{ type: 'message', content: [{ type: 'output_text', text: 'sec' }] }],
        },
      },
      { type: 'response.output_text.delta', delta: 'ret.' },
    ],
    [
      'something that nobody knows',
      { type: 'response.odd.delta', delta: 'sec' },
      { type: 'response.odd.delta', delta: 'ret.' },
    ],
  ])('is looked at from the event on that begins %s', async (_, first, second) => {
    const { out, decision } = await release([first, second], 'responses')
    expect(out).toHaveLength(2)
    expect(out[1]).toContain('[X]')
    expect(decision).toMatchObject({ outcome: 'redact' })
  })
})

describe('what stands beside a growing text', () => {
  it('goes out as it came: settings and results are the same in each event', async () => {
    const beside = {
      reasoning_details: [{ type: 'sec', format: 'sec', signature: 'sec', id: 'sec', index: 0 }],
      annotations: [{ text: 'sec' }],
      citations: ['sec'],
      content_filter_results: { hate: { severity: 'sec' } },
      images: [{ image_url: { url: 'sec' } }],
      status: 'sec',
    }
    const events = [inChoice(beside), inChoice(beside)]
    expect((await release(events)).out).toEqual(events.map((one) => JSON.stringify(one)))
  })

  it('shows no edited key later: data that is no string is whole in its event', async () => {
    const data = { secret: { text: 'a sec' } }
    const { out } = await release([
      inChoice({ tool_calls: [{ index: 0, function: { arguments: data } }] }),
      inChoice({ content: [{ type: 'tool_use', input: data }] }),
    ])
    expect(out).toHaveLength(2)
    expect(out.join('')).not.toContain('secret')
  })

  it('of an item is whole where it begins', () => {
    for (const place of [
      'tools[0].description',
      'content[0].annotations[0].text',
      'results[0].odd',
    ])
      expect(isPiece(`output[0].${place}`, false, 'responses')).toBe(false)
    expect(isPiece('output[0].content[0].text', false, 'responses')).toBe(true)
  })
})
