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
      'choices[1].message.tool_calls[0].function.arguments tool_arguments {"a":"three"}',
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

  test('has its pieces at the place of the text in a plain answer', () => {
    const call = { index: 1, function: { arguments: '{"a":' } }
    const events = [
      event(1, { role: 'assistant', content: 'he', reasoning: 'be' }),
      event(0, { tool_calls: [call] }),
    ]
    const leaves = events.flatMap((one) => readBody([one], 'answer').leaves)
    expect(leaves.map(({ context, strand }) => `${context.place.channel} ${strand.text}`)).toEqual([
      'choices[1].message.content he',
      'choices[1].message.reasoning be',
      'id x1',
      'choices[0].message.tool_calls[1].function.arguments {"a":',
      'id x1',
    ])
  })
})
