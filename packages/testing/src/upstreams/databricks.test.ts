import { afterEach, expect, test } from 'vitest'
import { workspaceToken } from './databricks.ts'
import type { FakeUpstream, FakeUpstreamOptions } from './fake-upstream.ts'
import { startFakeUpstream } from './fake-upstream.ts'

let server: FakeUpstream
afterEach(() => server.close())

async function start(more: Partial<FakeUpstreamOptions> = {}): Promise<void> {
  server = await startFakeUpstream({ kind: 'databricks', model: 'my-endpoint', ...more })
}

async function post(path: string, body: string, authorization = '') {
  const response = await fetch(server.url + path, {
    method: 'POST',
    body,
    headers: { authorization },
  })
  return { status: response.status, body: await response.json() }
}

const chat = JSON.stringify({ model: 'my-endpoint', messages: [{ role: 'user', content: 'hi' }] })
const path = '/serving-endpoints/chat/completions'

test('a service principal gets a token for its secret, and calls with it', async () => {
  await start({ servicePrincipal: 'id:secret' })
  const form = 'grant_type=client_credentials&scope=all-apis'
  const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`
  expect((await post('/oidc/v1/token', form, basic('id:wrong'))).status).toBe(401)
  const issued = await post('/oidc/v1/token', form, basic('id:secret'))
  expect(issued.body).toEqual({
    access_token: workspaceToken,
    token_type: 'Bearer',
    expires_in: 3600,
  })
  expect((await post(path, chat)).status).toBe(401)
  expect((await post(path, chat, `Bearer ${workspaceToken}`)).status).toBe(200)
})

test('a reasoning model answers with parts, and errors are of the family with error_code', async () => {
  await start({ arrayContent: true })
  const { body } = await post(path, chat)
  expect(body).toMatchObject({
    choices: [{ message: { content: [{ type: 'reasoning' }, { type: 'text' }] } }],
  })
  const unknown = await post(path, chat.replace('my-endpoint', 'nope'))
  expect(unknown).toMatchObject({
    status: 404,
    body: { error_code: 'RESOURCE_DOES_NOT_EXIST' },
  })
})
