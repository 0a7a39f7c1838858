import { createEngine, parseConfig } from '@keeptrusts/core'
import { onPosts } from '@keeptrusts/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { createGateway } from './create-gateway.ts'
import { endAll, startUpstream, yamlFor } from './fixtures/test-gateway.ts'
import { createLog } from './log/log.ts'

afterEach(endAll)

const policy = 'policy:\n  pii-detector: {action: block, entities: [EMAIL_ADDRESS]}'

/** What a client reads of a stream whose head went out before the answer was there. */
async function readLate(path: string, body: object, answer: string): Promise<string> {
  let release = (): void => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const upstream = await startUpstream({
    kind: 'openai',
    answer: () => answer,
    script: onPosts(async (_request, _response, next) => {
      await released
      await next()
    }),
  })
  const yaml = { baseUrl: `${upstream.url}/v1`, chain: 'pii-detector', policy }
  const config = parseConfig(yamlFor(yaml))
  const parts = { config, engine: createEngine(config), store: null, env: {}, version: 'test' }
  const gateway = createGateway({ ...parts, log: createLog(() => {}), silenceMs: 30 })
  const response = await gateway.app.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'my-chat-model', stream: true, ...body }),
  })
  release()
  expect(response.status).toBe(200)
  return response.text()
}

const mail = 'Write to ann@example.com'

describe('a stream that was silent and is blocked then', () => {
  it.each([
    ['/v1/completions', { prompt: 'Hello' }],
    ['/v1/chat/completions', { messages: [{ role: 'user', content: 'Hello' }] }],
  ])('closes the choices of %s, and says why', async (path, body) => {
    const stream = await readLate(path, body, mail)
    const events = stream.split('\n\n')
    const [closing, error, done] = events.slice(-4)
    expect(events[0]).toBe(': keeptrusts')
    expect(closing).toContain('"finish_reason":"content_filter"')
    expect(error).toContain('"code":"output_blocked"')
    expect(done).toBe('data: [DONE]')
    expect(stream).not.toContain('ann@')
  })

  it('ends a response with its error event', async () => {
    const stream = await readLate('/v1/responses', { input: 'Hello' }, mail)
    expect(stream).toMatch(/^: keeptrusts\n\nevent: response\.created\n/)
    expect(stream).toMatch(/\n\nevent: error\ndata: .*"code":"output_blocked".*\n\n$/)
    expect(stream).not.toContain('ann@')
  })

  it('gets its events when nothing is wrong', async () => {
    const stream = await readLate('/v1/responses', { input: 'Hello' }, 'Hello there')
    expect(stream).toMatch(
      /^: keeptrusts\n\nevent: response\.created\n[\s\S]*event: response\.completed\n/,
    )
  })
})
