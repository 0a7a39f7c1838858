import { expect, it } from 'vitest'
import { readCompletion } from './read-completion.ts'

it.each([
  ['null among the choices', '{"choices":[null]}'],
  ['a text among the choices', '{"choices":["Hello"]}'],
  ['a message that is a text', '{"choices":[{"message":"Hello"}]}'],
  ['a message that is a list', '{"choices":[{"message":["Hello"]}]}'],
])('takes %s for no answer, before anything is recorded as answered', (_name, text) => {
  expect(() => readCompletion({ shape: 'chat.completions', text, upstreamStatus: 200 })).toThrow(
    expect.objectContaining({ code: 'upstream_invalid_response' }),
  )
})

it.each(['{"choices":[]}', '{"choices":[{"text":"Hello"}]}', '{"choices":[{"message":null}]}'])(
  'takes %s for an answer',
  (text) => {
    expect(readCompletion({ shape: 'chat.completions', text, upstreamStatus: 200 })).toEqual({
      usage: null,
      finishReasons: [],
    })
  },
)
