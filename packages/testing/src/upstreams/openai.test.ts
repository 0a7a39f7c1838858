import { afterEach, expect, test } from 'vitest'
import type { FakeUpstream, FakeUpstreamOptions } from './fake-upstream.ts'
import { startFakeUpstream } from './fake-upstream.ts'

let server: FakeUpstream | null = null
afterEach(() => server?.close())

async function start(options: Partial<FakeUpstreamOptions> = {}): Promise<FakeUpstream> {
  server = await startFakeUpstream({ ...options, kind: 'openai' })
  return server
}

async function post(url: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  })
  return { status: response.status, text: await response.text() }
}

const messages = [
  { role: 'system', content: 'Be brief.' },
  {
    role: 'user',
    content: [
      { type: 'text', text: 'one' },
      { type: 'text', text: 'two' },
    ],
  },
  { role: 'assistant', content: 'hm' },
]
const body = { model: 'my-chat-model', messages }

test('the answer quotes the parts of the last user turn, once per choice', async () => {
  const { url } = await start()
  const { choices } = JSON.parse((await post(url, { ...body, n: 2 })).text)
  expect(choices.map((choice: { message: { content: string } }) => choice.message.content)).toEqual(
    ['You said: one\ntwo', 'You said: one\ntwo'],
  )
})

test('a stream ends with finish reason, usage and [DONE]', async () => {
  const { url } = await start({ chunkLength: 1 })
  const { text } = await post(url, {
    ...body,
    stream: true,
    stream_options: { include_usage: true },
  })
  const events = text.trimEnd().split('\n\n')
  expect(events.at(-1)).toBe('data: [DONE]')
  const chunks = events.slice(0, -1).map((event) => JSON.parse(event.slice('data: '.length)))
  expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')).toBe(
    'You said: one\ntwo',
  )
  expect(chunks.at(-1).usage.total_tokens).toBeGreaterThan(0)
})

test('a required tool is called with arguments that quote the question, plain and streamed', async () => {
  const { url } = await start()
  const tools = [{ type: 'function', function: { name: 'look_up', parameters: {} } }]
  const asked = { ...body, tools, tool_choice: 'required' }
  const { choices } = JSON.parse((await post(url, asked)).text)
  expect(choices[0].finish_reason).toBe('tool_calls')
  expect(choices[0].message.tool_calls[0].function).toEqual({
    name: 'look_up',
    arguments: '{"text":"one\\ntwo"}',
  })
  const events = (await post(url, { ...asked, stream: true })).text.split('\n\n').slice(0, -2)
  const pieces = events.map((event) => JSON.parse(event.slice(6)).choices[0].delta.tool_calls?.[0])
  expect(pieces.map((call) => call?.function.arguments ?? '').join('')).toBe('{"text":"one\\ntwo"}')
})

test('a wrong token is a 401, an unknown model a 404', async () => {
  const { url } = await start({ token: 'right' })
  const right = { authorization: 'Bearer right' }
  expect((await post(url, body, { authorization: 'Bearer wrong' })).status).toBe(401)
  expect((await post(url, body)).status).toBe(401)
  expect((await post(url, body, right)).status).toBe(200)
  const { status, text } = await post(url, { ...body, model: 'other' }, right)
  expect([status, JSON.parse(text).error.code]).toEqual([404, 'model_not_found'])
})

test('what the model says can be given', async () => {
  const { url } = await start({ answer: (question) => question.toUpperCase() })
  expect(JSON.parse((await post(url, body)).text).choices[0].message.content).toBe('ONE\nTWO')
})
