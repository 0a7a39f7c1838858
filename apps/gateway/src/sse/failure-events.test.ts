import { Buffer } from 'node:buffer'
import { expect, it } from 'vitest'
import { failureEvents } from './failure-events.ts'

const error = {
  error: { message: 'Broken.', type: 'upstream_error', code: 'upstream_error', param: null },
}
const rawOf = (shape: Parameters<typeof failureEvents>[0]['shape'], openChoices: number[]) =>
  failureEvents({ shape, error, openChoices }).map(({ raw }) => Buffer.from(raw).toString())

it('closes the choices of a chat and of texts, then says what went wrong', () => {
  const said = `data: ${JSON.stringify(error)}\n\n`
  expect(rawOf('chat.completions', [1])).toEqual([
    'data: {"object":"chat.completion.chunk","choices":[{"index":1,"finish_reason":"content_filter","delta":{}}]}\n\n',
    said,
  ])
  expect(rawOf('completions', [0])).toEqual([
    'data: {"object":"text_completion","choices":[{"index":0,"finish_reason":"content_filter","text":""}]}\n\n',
    said,
  ])
})

it("is the Responses API's own event, with the error where OpenAI's libraries look for it", () => {
  const [raw = ''] = rawOf('responses', [])
  const [name, data = ''] = raw.trimEnd().split('\ndata: ')
  expect(name).toBe('event: error')
  expect(JSON.parse(data)).toEqual({
    ...{ type: 'error', code: 'upstream_error', message: 'Broken.', param: null },
    error: error.error,
  })
})
