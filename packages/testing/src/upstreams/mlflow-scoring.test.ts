import { afterEach, expect, test } from 'vitest'
import type { FakeUpstream, FakeUpstreamOptions } from './fake-upstream.ts'
import { startFakeUpstream } from './fake-upstream.ts'
import type { ScoringReply } from './upstream-settings.ts'

let server: FakeUpstream | null = null
afterEach(() => server?.close())

async function start(options: Partial<FakeUpstreamOptions> = {}): Promise<FakeUpstream> {
  server = await startFakeUpstream({ ...options, kind: 'mlflow-scoring' })
  return server
}

const chat = { messages: [{ role: 'user', content: 'Häuser, please' }], max_tokens: 64 }

async function invoke(url: string, body: unknown, type = 'application/json') {
  const response = await fetch(`${url}/invocations`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  const text = await response.text()
  return { status: response.status, type: response.headers.get('content-type'), text }
}

test('health, ping and version are as mlflow models serve has them, JSON in name only', async () => {
  const { url } = await start()
  for (const [path, text] of [
    ['/health', '\n'],
    ['/ping', '\n'],
    ['/version', '3.17.2'],
  ] as const) {
    const response = await fetch(url + path)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.text()).toBe(text)
  }
})

test('there is no /v1/chat/completions', async () => {
  const { url } = await start()
  const response = await fetch(`${url}/v1/chat/completions`, { method: 'POST', body: '{}' })
  expect([response.status, await response.text()]).toEqual([404, '{"detail":"Not Found"}'])
  expect((await fetch(`${url}/invocations`)).status).toBe(405)
})

test('a chat body gets an unwrapped completion that quotes the last user message', async () => {
  const { url, requests } = await start()
  const { status, text } = await invoke(url, chat)
  expect(status).toBe(200)
  const answer = JSON.parse(text)
  expect(answer.choices[0].message.content).toBe('You said: Häuser, please')
  expect(answer).not.toHaveProperty('id')
  expect(requests.map(({ method, path, body }) => [method, path, JSON.parse(body)])).toEqual([
    ['POST', '/invocations', chat],
  ])
})

test.each<[ScoringReply, unknown]>([
  ['array', [expect.objectContaining({ object: 'chat.completion' })]],
  ['choices-only', { choices: [expect.anything()] }],
  ['predictions-string', { predictions: ['You said: Häuser, please'] }],
  ['predictions-choices', { predictions: [{ choices: [expect.anything()] }] }],
])('the reply can have the shape %s', async (reply, expected) => {
  const { url } = await start({ reply })
  expect(JSON.parse((await invoke(url, chat)).text)).toEqual(expected)
})

test('inputs are answered with predictions', async () => {
  const { url } = await start({ inputsOnly: true })
  expect((await invoke(url, { inputs: ['hello'] })).text).toBe(
    '{"predictions":["You said: hello"]}',
  )
})

test('a model that takes texts only refuses messages without naming a schema', async () => {
  const { url } = await start({ inputsOnly: true })
  const { status, text } = await invoke(url, chat)
  expect(status).toBe(400)
  expect(JSON.parse(text).message).toMatch(/Häuser.*Expected list, but got dict$/s)
})

test('a strict schema refuses other keys and echoes the prompt in message and trace', async () => {
  const { url } = await start({ strictKeys: ['messages'] })
  const { status, text } = await invoke(url, chat)
  const { error_code: code, message, stack_trace: trace } = JSON.parse(text)
  expect([status, code]).toEqual([400, 'INVALID_PARAMETER_VALUE'])
  expect(message).toMatch(/Häuser.*extra inputs: \['max_tokens'\]/s)
  expect(trace).toContain('Häuser')
  expect((await invoke(url, { messages: chat.messages })).status).toBe(200)
})

test.each([
  ['application/json; charset=utf-8', 200],
  ['application/json; charset=latin-1', 415],
  ['application/json; boundary=x', 415],
  ['text/plain', 415],
])('content type %s gets %i', async (type, status) => {
  const { url } = await start()
  expect((await invoke(url, chat, type)).status).toBe(status)
})

test.each(['{nope', '[1]', '{"neither": 1}', '{"inputs": [1], "instances": [1]}'])(
  'the body %s is a 400 in the shape of MLflow',
  async (body) => {
    const { url } = await start()
    const { status, text } = await invoke(url, body)
    expect([status, JSON.parse(text).error_code]).toEqual([400, 'BAD_REQUEST'])
  },
)
