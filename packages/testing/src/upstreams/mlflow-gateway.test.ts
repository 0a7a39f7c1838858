import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FakeUpstream } from './fake-upstream.ts'
import { startFakeUpstream } from './fake-upstream.ts'

let server: FakeUpstream
beforeEach(async () => {
  server = await startFakeUpstream({ kind: 'mlflow-gateway', model: 'my-endpoint' })
})
afterEach(() => server.close())

async function post(body: unknown, path = '/v1/chat/completions') {
  const response = await fetch(server.url + path, { method: 'POST', body: JSON.stringify(body) })
  return { status: response.status, text: await response.text() }
}

const messages = [{ role: 'user', content: 'hello there' }]

test('health is the JSON by which the standalone gateway is told from the others', async () => {
  const response = await fetch(`${server.url}/health`)
  expect(await response.text()).toBe('{"status":"OK"}')
  expect((await fetch(`${server.url}/version`)).status).toBe(404)
})

test('a request without a body is told from one without the fields, and endpoints are listed', async () => {
  const { status, text } = await post(undefined)
  expect(status).toBe(422)
  expect(text).toBe(
    '{"detail":[{"type":"missing","loc":["body"],"msg":"Field required","input":null}]}',
  )
  const list = await (await fetch(`${server.url}/api/2.0/endpoints/`)).json()
  expect(list).toMatchObject({ endpoints: [{ name: 'my-endpoint', endpoint_type: 'llm/v1/chat' }] })
})

test('a completion has the nulls and the provider that MLflow adds', async () => {
  const { text } = await post({ model: 'my-endpoint', messages })
  expect(JSON.parse(text)).toMatchObject({
    choices: [{ message: { content: 'You said: hello there', tool_calls: null, refusal: null } }],
    provider: 'openai',
  })
  expect((await post({ model: 'my-endpoint', messages })).text).toBe(text)
})

test('a stream has the same content and no [DONE]', async () => {
  const { text } = await post({
    model: 'my-endpoint',
    messages,
    stream: true,
    stream_options: { include_usage: true },
  })
  const chunks = text
    .trimEnd()
    .split('\n\n')
    .map((event) => JSON.parse(event.slice('data: '.length)))
  const content = chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')
  expect(content).toBe('You said: hello there')
  expect(chunks.at(-2).choices[0].finish_reason).toBe('stop')
  expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: expect.any(Number) } })
})

test('an unknown endpoint is a bare 500', async () => {
  expect(await post({ model: 'other', messages })).toEqual({
    status: 500,
    text: 'Internal Server Error',
  })
})

test.each([
  [{ model: 'my-endpoint', messages: 'my secret' }, 'list_type'],
  [{ model: 'my-endpoint' }, 'missing'],
  [{ model: 'my-endpoint', messages, stop: 'x' }, 'list_type'],
])('a body of the wrong shape gets a 422 that echoes it', async (body, type) => {
  const { status, text } = await post(body)
  expect([status, JSON.parse(text).detail[0].type]).toEqual([422, type])
})

test('the endpoint also has a path of its own', async () => {
  expect((await post({ messages }, '/gateway/my-endpoint/invocations')).status).toBe(200)
  expect((await post({ messages }, '/gateway/other/invocations')).status).toBe(404)
})
