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
    const body = readBody(answer, 'answer')
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
    expect(readBody(source, 'answer').finish()).toEqual({ source, changed: false })
    const dropped = readBody(source, 'answer', true).finish()
    expect(dropped.changed).toBe(true)
    expect(
      JSON.parse(dropped.source).choices.map((choice: { logprobs: unknown }) => choice.logprobs),
    ).toEqual([null, null])
  })

  test('loses the numbers of its tokens in the same way, else they are counted', () => {
    const ids = { token_ids: [1, 2], tokens: ['a'], prompt_token_ids: [[3]] }
    const source = JSON.stringify({
      choices: [{ token_ids: [1], message: { ...ids, logprobs: { content: [1] } } }],
      prompt_token_ids: [4],
    })
    expect(JSON.parse(readBody(source, 'answer', true).finish().source)).toEqual({
      choices: [
        {
          token_ids: null,
          message: { token_ids: null, tokens: ['a'], prompt_token_ids: null, logprobs: null },
        },
      ],
      prompt_token_ids: null,
    })
    const kept = readBody(source, 'answer')
    expect(kept.unscannable.map(({ what }) => what)).toEqual(Array(4).fill('token_array'))
    expect(kept.finish().changed).toBe(false)
  })

  test('has a payload only where its API has one: the same letters under another key are text', () => {
    const letters = '4111-1111-1111-1111-phone-4155551234-'.repeat(2)
    const payload = { audio: { data: letters }, image_url: `data:image/png;base64,${letters}` }
    const body = readBody({ choices: [{ message: { ...payload, file: letters } }] }, 'answer')
    const texts = body.leaves.filter(({ strand }) => strand.text.includes('4111'))
    expect(texts.map(({ context }) => context.place.address)).toEqual(['choices[0].message.file'])
    expect(body.unscannable.map(({ what }) => what)).toEqual(['audio', 'image'])
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

  test('has all texts of its content in one channel, whatever stands between them', () => {
    const text = (value: string) => ({ type: 'text', text: value })
    const events = [
      event(0, { content: [text('a')] }),
      event(0, { content: [text('b'), { type: 'x' }, text('c')] }),
    ]
    const leaves = events
      .flatMap((one) => readBody(one, 'answer').leaves)
      .filter(({ kind, strand }) => kind === 'text' && strand.text !== 'x')
    expect(leaves.map(({ context }) => context.place.channel)).toEqual(
      Array(3).fill('choices[0].message.content'),
    )
    expect(leaves[2]?.context.place.address).toBe('choices[0].message.content[2].text')
  })

  test('has its pieces at the place of the text in a plain answer', () => {
    const call = { index: 1, function: { arguments: '{"a":' } }
    const events = [
      event(1, { role: 'assistant', content: 'he', reasoning: 'be' }),
      event(0, { tool_calls: [call] }),
    ]
    const leaves = events.flatMap((one) => readBody(one, 'answer').leaves)
    expect(leaves.map(({ context, strand }) => `${context.place.channel} ${strand.text}`)).toEqual([
      'choices[1].message.content he',
      'choices[1].message.reasoning be',
      'id x1',
      'choices[0].message.tool_calls[1].function.arguments {"a":',
      'id x1',
    ])
  })
})
