import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readBody } from '../fixtures/read-body.ts'

describe('an answer', () => {
  const answer = {
    ...{ id: 'chatcmpl-1', object: 'chat.completion', model: 'm-1', created: 1, odd: 'text' },
    choices: [
      {
        index: 0,
        finish_reason: 'stop',
        logprobs: { content: [{ token: 'a' }] },
        message: { role: 'assistant', content: 'one', refusal: 'no', reasoning_content: 'why' },
      },
      {
        index: 1,
        logprobs: null,
        message: {
          content: [{ type: 'text', text: 'two' }],
          audio: { id: 'audio_1', data: 'QUJD'.repeat(30), transcript: 'said' },
          tool_calls: [{ function: { name: 'f', arguments: '{"a":"three"}' } }],
        },
      },
    ],
  }

  test('is read in all choices and fields', () => {
    const body = readBody([answer], 'answer')
    expect(
      body.leaves.map(
        ({ context, strand }) => `${context.place.address} ${context.field} ${strand.text}`,
      ),
    ).toEqual([
      'odd other text',
      'choices[0].message.content content one',
      'choices[0].message.refusal refusal no',
      'choices[0].message.reasoning_content reasoning why',
      'choices[1].message.content content two',
      'choices[1].message.audio.transcript content said',
      'choices[1].message.tool_calls[0].function.arguments.a tool_arguments three',
      'choices[1].message.tool_calls[0].function.arguments.* tool_arguments a',
      'id other chatcmpl-1',
      'model other m-1',
      '* other odd',
      'choices[1].message.audio.id content audio_1',
      'choices[1].message.tool_calls[0].function.name tool_arguments f',
    ])
    expect(body.unscannable).toEqual([{ address: 'choices[1].message.audio', what: 'audio' }])
  })

  test('loses its logprobs when a policy may change it, and only then', () => {
    const source = JSON.stringify(answer)
    expect(readBody(source, 'answer').finish()).toEqual({ sources: [source], changed: false })
    const dropped = readBody(source, 'answer', true).finish()
    expect(dropped.changed).toBe(true)
    expect(
      JSON.parse(dropped.sources[0] ?? '').choices.map(
        (choice: { logprobs: unknown }) => choice.logprobs,
      ),
    ).toEqual([null, null])
  })

  test('may not hold a key twice: readers take one, and joined texts would hide it', () => {
    const twice = '{"choices":[{"message":{"content":"a","content":"b"}}]}'
    expect(() => readBody(twice, 'answer')).toThrow(
      expect.objectContaining({ code: 'duplicate_key' }),
    )
  })
})

describe('a streamed answer', () => {
  const event = (index: number, delta: object) => ({
    id: 'x1',
    choices: [{ index, delta, finish_reason: null }],
  })

  test('is one text per choice and field, whatever order the pieces come in', () => {
    const call = (index: number, args: string) => ({
      tool_calls: [{ index, function: { arguments: args } }],
    })
    const events = [
      ...[event(0, { role: 'assistant', content: 'he' }), event(1, { content: 'wor' })],
      ...[event(0, { content: 'llo' }), event(0, { reasoning: 'be' }), event(1, { content: 'ld' })],
      ...[event(0, call(1, '{"a":"u')), event(0, call(0, '{"b":')), event(0, call(1, 'v"}'))],
      ...[
        event(0, call(0, '"w"}')),
        event(0, { reasoning: 'cause' }),
        { usage: { total_tokens: 5 }, choices: [] },
      ],
    ]
    const lines = readBody(events, 'answer').leaves.map(
      ({ context, strand }) => `${context.place.address} ${strand.text}`,
    )
    expect(lines).toEqual([
      'choices[0].message.content hello',
      'choices[1].message.content world',
      'choices[0].message.reasoning because',
      'choices[0].message.tool_calls[1].function.arguments.a uv',
      'choices[0].message.tool_calls[1].function.arguments.* a',
      'choices[0].message.tool_calls[0].function.arguments.b w',
      'choices[0].message.tool_calls[0].function.arguments.* b',
      'id x1',
    ])
  })

  test('gives the same text as the plain answer, for every way of cutting it', () => {
    const whole = 'mail ann@example.com or 😀bob@example.org, "quoted"\n'
    const args = JSON.stringify({ to: 'ann@example.com', why: 'é"\\' })
    const mask = (text: string) => text.replace(/\w+@example\.(com|org)/g, '[MAIL]')
    const cuts = fc.array(fc.nat(70), { maxLength: 8 })
    const pieces = (text: string, at: number[]) => {
      const ends = [...new Set([...at.map((one) => one % text.length), text.length])].sort(
        (a, b) => a - b,
      )
      return ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end))
    }
    fc.assert(
      fc.property(cuts, cuts, (textCuts, argCuts) => {
        const events = [
          ...pieces(whole, textCuts).map((content) => event(0, { content })),
          ...pieces(args, argCuts).map((text) =>
            event(0, { tool_calls: [{ index: 0, function: { arguments: text } }] }),
          ),
        ]
        const body = readBody(events, 'answer')
        for (const { strand, kind } of body.leaves) {
          if (kind !== 'text') continue
          const found = [...strand.text.matchAll(/\w+@example\.(com|org)/g)]
          strand.edit(
            found.map(({ index, 0: { length } }) => ({
              start: index,
              end: index + length,
              text: '[MAIL]',
            })),
          )
        }
        const deltas = body.finish().sources.map((source) => JSON.parse(source).choices[0].delta)
        expect(deltas.map(({ content = '' }) => content).join('')).toBe(mask(whole))
        expect(deltas.map((delta) => delta.tool_calls?.[0].function.arguments ?? '').join('')).toBe(
          mask(args),
        )
      }),
      { numRuns: 300 },
    )
  })

  test('loses the logprobs of its events with the edits', () => {
    const chunk = { choices: [{ index: 0, delta: { content: 'a' }, logprobs: { content: [] } }] }
    const { sources } = readBody([chunk, chunk], 'answer', true).finish()
    expect(sources.map((source) => JSON.parse(source).choices[0].logprobs)).toEqual([null, null])
  })
})
