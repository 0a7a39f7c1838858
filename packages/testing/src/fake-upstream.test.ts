import { afterEach, expect, test } from 'vitest'
import type { FakeOptions, FakeUpstream } from './fake-upstream.ts'
import { startFakeUpstream } from './fake-upstream.ts'
import { startFaultProxy } from './fault-proxy.ts'
import { faults } from './faults.ts'

let running: { close(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(running.map((server) => server.close()))
  running = []
})

async function start(options: FakeOptions): Promise<FakeUpstream> {
  const upstream = await startFakeUpstream(options)
  running.push(upstream)
  return upstream
}

const ask = { model: 'my-chat-model', messages: [{ role: 'user', content: 'hi' }], max_tokens: 8 }
const post = (url: string, body: unknown = ask, type = 'application/json') =>
  fetch(url, { method: 'POST', headers: { 'content-type': type }, body: JSON.stringify(body) })

test('the scoring server has /invocations and no /v1/chat/completions', async () => {
  const { url } = await start({ kind: 'mlflow-scoring' })
  const wrong = await post(`${url}/v1/chat/completions`)
  expect([wrong.status, await wrong.json()]).toEqual([404, { detail: 'Not Found' }])
  expect(await (await fetch(`${url}/health`)).text()).toBe('\n')
  const right = await post(`${url}/invocations`)
  expect(await right.json()).toMatchObject({ choices: [{ message: { content: 'You said: hi' } }] })
})

test('the scoring server refuses other content types and echoes the prompt when its schema does not fit', async () => {
  const { url } = await start({ kind: 'mlflow-scoring', strictKeys: ['temperature'] })
  expect((await post(`${url}/invocations`, ask, 'text/plain')).status).toBe(415)
  const refused = await post(`${url}/invocations`)
  expect(refused.status).toBe(400)
  expect(await refused.text()).toContain('Traceback')
})

test.each([
  ['array', [{ object: 'chat.completion' }]],
  ['choices-only', { choices: [{ index: 0 }] }],
  ['predictions-string', { predictions: ['You said: hi'] }],
  ['predictions-choices', { predictions: [{ choices: [{ index: 0 }] }] }],
] as const)('the scoring server can answer as %s', async (reply, shape) => {
  const { url } = await start({ kind: 'mlflow-scoring', reply })
  expect(await (await post(`${url}/invocations`)).json()).toMatchObject(shape)
})

test('the MLflow gateway says OK, knows its endpoint only, and streams', async () => {
  const { url } = await start({ kind: 'mlflow-gateway' })
  expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: 'OK' })
  const unknown = await post(`${url}/v1/chat/completions`, { ...ask, model: 'other' })
  expect([unknown.status, await unknown.json()]).toEqual([
    400,
    { detail: 'Route other not found in the configuration.' },
  ])
  const stream = await (await post(`${url}/v1/chat/completions`, { ...ask, stream: true })).text()
  expect(stream.endsWith('data: [DONE]\n\n')).toBe(true)
})

test('the OpenAI server refuses a wrong token and records what it received', async () => {
  const upstream = await start({ kind: 'openai', token: 'right' })
  expect((await post(`${upstream.url}/v1/chat/completions`)).status).toBe(401)
  expect(upstream.requests).toMatchObject([
    { method: 'POST', path: '/v1/chat/completions', aborted: false },
  ])
  expect(JSON.parse(upstream.requests[0]!.body)).toEqual(ask)
})

test('a client that goes away before the answer is noted', async () => {
  const upstream = await start({ kind: 'openai', script: faults.hang })
  const gone = new AbortController()
  const call = fetch(`${upstream.url}/v1/chat/completions`, {
    method: 'POST',
    body: '{}',
    signal: gone.signal,
  })
  await expect.poll(() => upstream.requests.length).toBe(1)
  gone.abort()
  await expect(call).rejects.toThrow()
  await expect.poll(() => upstream.requests[0]?.aborted).toBe(true)
})

test('the fault proxy cuts an answer after the given bytes', async () => {
  const upstream = await start({ kind: 'openai' })
  const proxy = await startFaultProxy({ target: upstream.port, cutAfterBytes: 60, reset: true })
  running.push(proxy)
  await expect(
    post(`${proxy.url}/v1/chat/completions`).then((response) => response.text()),
  ).rejects.toThrow()
})
