import { afterAll, describe, expect, it } from 'vitest'
import { chat, parseAnswer, request, startBench } from './bench.ts'
import { chunk, completion, streamEnd } from './recording-upstream.ts'

const bench = await startBench({
  target: 'secret_key_ref: {env: MODEL_TOKEN}',
  env: { MODEL_TOKEN: 'ours' },
})
afterAll(() => bench.stop())

const hostile = [
  'Connection: close, authorization, content-type, x-request-id, content-length',
  'Proxy-Connection: keep-alive',
  'Keep-Alive: timeout=5',
  'Proxy-Authorization: Basic canary',
  'Proxy-Authenticate: Basic canary',
  'TE: trailers',
  'Trailer: X-Canary',
  'Upgrade: canary',
  'Authorization: Bearer canary',
  'Cookie: session=canary',
  'X-Api-Key: canary',
  'Api-Key: canary',
  'X-Keeptrusts-Decision: canary',
  'X-Keeptrusts-Request-Id: canary',
  'X-Forwarded-For: 192.0.2.1',
  'X-Forwarded-Host: canary',
  'X-Forwarded-Proto: https',
  'Forwarded: for=192.0.2.1',
  'X-Real-IP: 192.0.2.1',
  'X-User-ID: canary',
  'X-User-Role: canary',
  'OpenAI-Organization: canary',
  'User-Agent: canary',
  'Accept: canary/canary',
  'Accept-Encoding: gzip, br',
  'Accept-Language: canary',
  'Referer: canary',
  'Origin: http://canary',
  'Range: bytes=0-1',
  'If-None-Match: canary',
  'Via: 1.1 canary',
  'Max-Forwards: 1',
  'Traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  'Tracestate: canary=1',
  'Baggage: canary=1',
  'X-Request-Id: client-1',
]

/** What a model server gets, and nothing else. */
const upstreamHeaders = (length: number) => ({
  host: new URL(bench.upstream.url).host,
  connection: 'keep-alive',
  'content-type': 'application/json',
  accept: 'application/json',
  'accept-encoding': 'identity',
  'user-agent': 'keeptrusts-gateway',
  'x-request-id': 'client-1',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  authorization: 'Bearer ours',
  'content-length': String(length),
})

/** What a client gets on an answer, and nothing else. */
const clientHeaders = [
  'connection',
  'content-length',
  'content-type',
  'date',
  'x-keeptrusts-decision',
  'x-keeptrusts-event',
  'x-keeptrusts-overhead-ms',
  'x-keeptrusts-request-id',
]

const namesOf = (answer: string): string[] => {
  const [head = ''] = answer.split('\r\n\r\n', 1)
  const lines = head.split('\r\n').slice(1)
  return lines.map((line) => line.slice(0, line.indexOf(':')).toLowerCase()).sort()
}

describe('G24: headers', () => {
  it('G24: of a client reach a model server only when they are on the list, and cannot strip ours', async () => {
    const body = chat('x')
    expect(parseAnswer(await bench.send(request(body, `${hostile.join('\r\n')}\r\n`))).status).toBe(
      200,
    )
    const { rawHeaders = [] } = bench.upstream.calls.at(-1) ?? {}
    const names = rawHeaders.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase())
    const values = rawHeaders.filter((_, at) => at % 2 === 1)
    expect(new Set(names).size).toBe(names.length)
    expect(Object.fromEntries(names.map((name, at) => [name, values[at]]))).toEqual(
      upstreamHeaders(body.length),
    )
  })

  it.each([false, true])(
    'G24: of a model server never reach a client, stream: %s',
    async (stream) => {
      bench.upstream.answer = (response) => {
        response.writeHead(200, {
          'content-type': `${stream ? 'text/event-stream' : 'application/json'}; canary=1`,
          connection: 'keep-alive, x-canary, x-keeptrusts-event',
          'set-cookie': ['session=canary', 'b=canary'],
          server: 'canary/1.0',
          'x-powered-by': 'canary',
          'x-canary': 'canary',
          'x-keeptrusts-event': 'canary',
          'x-keeptrusts-decision': 'canary',
          'openai-organization': 'canary',
          'www-authenticate': 'canary',
          'access-control-allow-origin': '*',
          'alt-svc': 'h3="canary:443"',
          location: 'http://canary',
          refresh: '0; url=http://canary',
          via: '1.1 canary',
          etag: '"canary"',
          trailer: 'x-canary-trailer',
        })
        response.addTrailers({ 'x-canary-trailer': 'canary' })
        response.end(stream ? chunk('hello') + streamEnd : completion())
      }
      const answer = await bench.ask(chat('x', { stream }))
      expect(parseAnswer(answer).status).toBe(200)
      expect(answer).not.toContain('canary')
      const streamed = ['cache-control', 'transfer-encoding', 'x-accel-buffering', ...clientHeaders]
      const expected = stream ? streamed.filter((name) => name !== 'content-length') : clientHeaders
      expect(namesOf(answer)).toEqual(expected.sort())
    },
  )
})
