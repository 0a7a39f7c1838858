import { afterEach, expect, test } from 'vitest'
import type { FakeUpstream, FakeUpstreamOptions } from './fake-upstream.ts'
import { startFakeUpstream } from './fake-upstream.ts'

let server: FakeUpstream
afterEach(() => server.close())

async function start(more: Partial<FakeUpstreamOptions> = {}): Promise<void> {
  server = await startFakeUpstream({ kind: 'mlflow-agent', ...more })
}

async function post(body: unknown, path = '/responses') {
  const response = await fetch(server.url + path, { method: 'POST', body: JSON.stringify(body) })
  return { status: response.status, text: await response.text() }
}

const input = [{ role: 'user', content: 'hi' }]

test('the pages by which an agent server is told from the others', async () => {
  await start()
  const get = async (path: string) => (await fetch(server.url + path)).text()
  expect(await get('/health')).toBe('{"status":"healthy"}')
  expect(JSON.parse(await get('/agent/info'))).toMatchObject({ mlflow_version: '3.17.2' })
  expect(await get('/version')).toBe('{"detail":"Not Found"}')
})

test('an answer is a response with output items, at both paths', async () => {
  await start()
  const content = [{ type: 'output_text', text: 'You said: hi', annotations: [] }]
  for (const path of ['/responses', '/invocations'])
    expect(JSON.parse((await post({ input }, path)).text)).toMatchObject({
      object: 'response',
      output: [{ type: 'message', role: 'assistant', content }],
    })
})

test('a stream has pieces, the whole item, and [DONE], without event lines', async () => {
  await start({ chunkLength: 5 })
  const { text } = await post({ input, stream: true })
  expect(text).not.toMatch(/^event:/m)
  expect(text.match(/"response.output_text.delta"/g)).toHaveLength(3)
  expect(text).toMatch(/"response.output_item.done".*\n\ndata: \[DONE\]\n\n$/)
})

test('an input that is no list, or chat messages, is refused with an echo of it', async () => {
  await start()
  for (const body of [{ input: 'canary' }, { messages: ['canary'] }, { input: [{ role: 'tool' }] }])
    expect((await post(body)).status).toBe(400)
  expect((await post({ input: 'canary' })).text).toContain('canary')
})

test('a function that is not there is a 500 of the server itself', async () => {
  await start({ agentFunctions: ['invoke'] })
  expect(await post({ input, stream: true })).toEqual({
    status: 500,
    text: '{"detail":"No stream function registered"}',
  })
})
