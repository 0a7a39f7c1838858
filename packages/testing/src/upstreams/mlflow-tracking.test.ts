import { request } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FakeUpstream } from './fake-upstream.ts'
import { startFakeUpstream } from './fake-upstream.ts'

let server: FakeUpstream
beforeEach(async () => {
  server = await startFakeUpstream({ kind: 'mlflow-tracking', model: 'my-endpoint' })
})
afterEach(() => server.close())

const path = '/gateway/mlflow/v1/chat/completions'
const chat = { model: 'my-endpoint', messages: [{ role: 'user', content: 'hi' }] }

async function post(body: unknown, to = path) {
  const response = await fetch(server.url + to, { method: 'POST', body: JSON.stringify(body) })
  return { status: response.status, text: await response.text() }
}

test('an endpoint answers chat calls, and streams without [DONE]', async () => {
  expect(JSON.parse((await post(chat)).text)).toMatchObject({
    choices: [{ message: { content: 'You said: hi', tool_calls: null } }],
  })
  expect((await post({ ...chat, stream: true })).text).not.toContain('[DONE]')
})

test.each([
  [{ ...chat, stop: 'x' }, 400, /Invalid chat payload: stop .*'?x/],
  [{ ...chat, tools: [] }, 400, /tools List should have at least 1 item/],
  [{ messages: chat.messages }, 400, /Missing required 'model'/],
  [{ ...chat, model: 'nope' }, 404, /"detail":\{"error_code":"RESOURCE_DOES_NOT_EXIST"/],
])('what MLflow refuses is refused: %j', async (body, status, text) => {
  const answer = await post(body)
  expect(answer.status).toBe(status)
  expect(answer.text).toMatch(text)
})

test('an unknown path gets a page of HTML', async () => {
  const answer = await post(chat, '/v1/chat/completions')
  expect(answer.status).toBe(404)
  expect(answer.text).toContain('<title>404 Not Found</title>')
})

test('a foreign host name is refused everywhere but at the health page', async () => {
  const status = (to: string) =>
    new Promise((resolve) => {
      const headers = { host: 'mlflow:5000' }
      request(server.url + to, { headers }, (answer) => resolve(answer.statusCode)).end()
    })
  expect(await status('/health')).toBe(200)
  expect(await status('/gateway/mlflow/v1/models')).toBe(403)
})
