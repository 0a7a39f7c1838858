import { Buffer } from 'node:buffer'
import { request } from 'node:http'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failureOf } from './fixtures/failure-of.ts'
import type { TestGateway } from './fixtures/test-gateway.ts'
import { callsTo, chatBody, endAll, post, startPair } from './fixtures/test-gateway.ts'

afterAll(endAll)

let pair: Awaited<ReturnType<typeof startPair>>
beforeAll(async () => {
  pair = await startPair({ kind: 'openai' })
})

/** Posts over the socket and in memory: both ways in must agree. */
async function refusalOf(body: string | Uint8Array, headers: Record<string, string> = {}) {
  const overSocket = await failureOf(await post(pair.gateway.base, body, { headers }))
  const init = { method: 'POST', body: body as NonNullable<RequestInit['body']>, headers }
  const type = { 'content-type': 'application/json' }
  const inMemory = await pair.gateway.gateway.app.request('/v1/chat/completions', {
    ...init,
    headers: { ...type, ...headers },
  })
  expect((await failureOf(inMemory)).error).toEqual(overSocket.error)
  return overSocket
}

const deep = (levels: number): string =>
  `{"model":"my-chat-model","messages":${'['.repeat(levels)}${']'.repeat(levels)}}`

describe('a body that cannot be read', () => {
  it.each([
    ['is empty', ''],
    ['is not JSON', 'hello'],
    ['is cut off', '{"messages":['],
    ['has something after its value', '{} {}'],
    ['begins with a byte order mark', '\ufeff{}'],
    ['is a million levels deep', deep(1_000_000)],
    ['is 65 levels deep', deep(65)],
    ['holds half a surrogate pair', chatBody('x').replace('"x"', '"\\ud800"')],
    ['is not UTF-8', Buffer.from(chatBody('pl\u00e4nted-t\u00e9xt'), 'latin1')],
  ])('gets 400 when it %s', async (_name, body) => {
    const { status, error } = await refusalOf(body)
    expect({ status, code: error.code }).toEqual({ status: 400, code: 'invalid_json' })
  })

  it.each([
    ['at the top', '{"model":"a","model":"b","messages":[]}'],
    ['deep inside', '{"messages":[{"role":"user","content":"a","content":"b"}]}'],
    ['in another spelling', '{"messages":[],"m\\u0065ssages":[]}'],
  ])('gets 400 duplicate_key when a key occurs twice %s', async (_name, body) => {
    const { status, error } = await refusalOf(body)
    expect({ status, code: error.code }).toEqual({ status: 400, code: 'duplicate_key' })
  })

  it.each([
    ['a list', '[]'],
    ['a string', '"text"'],
    ['null', 'null'],
    ['without messages', '{"model":"my-chat-model"}'],
    ['with messages that are a string', '{"messages":"hello"}'],
    ['with a message that is a string', '{"messages":["hello"]}'],
    ['with a model that is a number', '{"model":1,"messages":[]}'],
    ['with stream that is a string', '{"stream":"yes","messages":[]}'],
  ])('gets 422 when it is %s', async (_name, body) => {
    const { status, error } = await refusalOf(body)
    expect({ status, type: error.type }).toEqual({ status: 422, type: 'validation_error' })
  })

  it('gets 415 when it is compressed or not JSON', async () => {
    const encoded = gzipSync(chatBody('Hello'))
    expect(await refusalOf(encoded, { 'content-encoding': 'gzip' })).toMatchObject({ status: 415 })
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    expect(await refusalOf('a=b', form)).toMatchObject({
      status: 415,
      error: { code: 'unsupported_encoding' },
    })
  })

  it('never reaches the model, and each is recorded without its text', async () => {
    expect(callsTo(pair.upstream)).toHaveLength(0)
    const records = pair.gateway.records('request.decided')
    expect(records.length).toBeGreaterThan(20)
    expect(records.every((record) => record.decision === 'error')).toBe(true)
    expect(JSON.stringify(records)).not.toContain('nted-t')
  })
})

describe('a body that is too large', () => {
  const limit = 10 * 1024 * 1024

  it('gets 413 by its announced length, before it is read', async () => {
    const { hostname, port } = new URL(pair.gateway.url)
    const socket = connect(Number(port), hostname)
    const head =
      'POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n'
    socket.write(`${head}content-length: 1000000000\r\n\r\n{`)
    const answer = await new Promise<string>((resolve) => {
      socket.once('data', (data) => resolve(data.toString()))
    })
    socket.destroy()
    expect(answer).toMatch(/^HTTP\/1\.1 413 /)
    expect(answer.toLowerCase()).toContain('connection: close')
  })

  it('is cut at the limit when it announces nothing', async () => {
    const status = await new Promise<number | undefined>((resolve) => {
      const call = request(`${pair.gateway.base}/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
      })
      call.on('error', () => {})
      call.on('response', (response) => {
        resolve(response.statusCode)
        call.destroy()
      })
      const chunk = Buffer.alloc(1024 * 1024, ' ')
      for (let sent = 0; sent <= limit; sent += chunk.length) call.write(chunk)
    })
    expect(status).toBe(413)
  })

  it('passes up to the limit', async () => {
    const body = chatBody('Hello')
    const padded = `${body.slice(0, -1)}${' '.repeat(limit - body.length)}}`
    expect((await post(pair.gateway.base, padded)).status).toBe(200)
    expect((await post(pair.gateway.base, `${padded} `)).status).toBe(413)
  })
})

describe('what is not an endpoint', () => {
  it.each([
    ['POST', '/v1/audio/speech'],
    ['POST', '/v1/chat/completions/'],
    ['POST', '/invocations'],
    ['GET', '/'],
  ])('gets 404 for %s %s and reaches no model', async (method, path) => {
    const before = callsTo(pair.upstream).length
    const body = method === 'POST' ? chatBody('Hello') : null
    const response = await fetch(pair.gateway.url + path, { method, body })
    expect(response.status).toBe(404)
    expect(response.headers.get('x-keeptrusts-request-id')).toMatch(/^req_/)
    expect(await response.json()).toMatchObject({ error: { code: 'not_found' } })
    expect(callsTo(pair.upstream)).toHaveLength(before)
  })
})

describe('an endpoint with another method', () => {
  it.each(['GET', 'PUT', 'DELETE'])(
    'gets 405 for %s, with the method that works',
    async (method) => {
      const response = await fetch(`${pair.gateway.url}/v1/chat/completions`, { method })
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
      expect(response.headers.get('x-keeptrusts-request-id')).toMatch(/^req_/)
      expect(await response.json()).toMatchObject({ error: { code: 'method_not_allowed' } })
    },
  )
})

describe('a model that a client names', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'is unknown when it is %s',
    async (model) => {
      const { status } = await failureOf(await post(gatewayBase(), chatBody('x', { model })))
      expect(status).toBe(404)
    },
  )
})

const gatewayBase = (): TestGateway['base'] => pair.gateway.base
