import { describe, expect, it } from 'vitest'
import { doneData } from './sse-event.ts'
import { synthesiseStream } from './synthesise-stream.ts'

const completion = {
  id: 'c1',
  object: 'chat.completion',
  created: 7,
  model: 'm',
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content: `${'😀'.repeat(300)}end` },
      finish_reason: 'stop',
    },
    {
      index: 1,
      message: {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 't', type: 'function', function: { name: 'f', arguments: '{}' } }],
      },
      finish_reason: 'tool_calls',
    },
  ],
  usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
}

const chunksOf = (includeUsage: boolean) =>
  synthesiseStream(completion, includeUsage)
    .filter(({ data }) => data !== doneData)
    .map(({ data }) => JSON.parse(data ?? ''))

describe('synthesiseStream', () => {
  it('says the whole text of each choice in pieces that cut no character', () => {
    const contents = chunksOf(false).flatMap((chunk) => chunk.choices[0].delta.content ?? [])
    expect(contents.join('')).toBe(completion.choices[0]?.message.content)
    // encodeURIComponent throws for half a surrogate pair.
    expect(() => contents.map(encodeURIComponent)).not.toThrow()
    expect(contents.length).toBeGreaterThan(3)
  })

  it('keeps tool calls, with the index that deltas need, and finish reasons', () => {
    const second = chunksOf(false).filter((chunk) => chunk.choices[0].index === 1)
    expect(second.flatMap((chunk) => chunk.choices[0].delta.tool_calls ?? [])).toEqual([
      { index: 0, id: 't', type: 'function', function: { name: 'f', arguments: '{}' } },
    ])
    expect(second.at(-1).choices[0].finish_reason).toBe('tool_calls')
  })

  it('sends usage only when asked for, and always ends with [DONE]', () => {
    expect(chunksOf(true).at(-1)).toMatchObject({ choices: [], usage: completion.usage })
    expect(chunksOf(false).every((chunk) => chunk.choices.length === 1)).toBe(true)
    expect(synthesiseStream(completion, false).at(-1)?.data).toBe(doneData)
  })
})
