import type { RequestListener } from 'node:http'
import { afterEach, expect, it } from 'vitest'
import type { Elsewhere } from '../auth/choose-gateway.ts'
import { startServer } from '../fixtures/start-gateway.ts'
import { remoteClient } from './remote-client.ts'

let server: Awaited<ReturnType<typeof startServer>> | null = null

afterEach(() => {
  server?.close()
  server = null
})

function elsewhere(url: string, token: string | null = 'kt_at_x'): Elsewhere {
  return { kind: 'elsewhere', profile: 'prod', gateway: { url }, token, source: 'file' }
}

async function ask(listener: RequestListener, path = 'status'): Promise<unknown> {
  server = await startServer(listener)
  const client = remoteClient(elsewhere(server.url))
  try {
    return await client.ask('GET', path)
  } finally {
    client.close()
  }
}

const json = (status: number, body: unknown, headers = {}): RequestListener => {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }
}

it('shows its token, and asks below the path of the address', async () => {
  const seen: unknown[] = []
  server = await startServer((request, response) => {
    seen.push(request.url, request.headers.authorization)
    response.end('{}')
  })
  const client = remoteClient(elsewhere(`${server.url}/governance`))
  await client.ask('GET', 'events?limit=1')
  client.close()
  expect(seen).toEqual(['/governance/keeptrusts/events?limit=1', 'Bearer kt_at_x'])
})

it('takes an answer without a body', async () => {
  expect(await ask((_, response) => response.writeHead(204).end())).toEqual({})
})

it.each([
  [
    'a session that ended',
    json(401, { error: { code: 'token-invalid', message: 'm' } }),
    'session-expired',
    'kt auth login --profile prod',
  ],
  [
    'a missing permission',
    json(403, { error: { code: 'forbidden', message: 'needs events:read' } }),
    'forbidden',
    undefined,
  ],
  [
    'too much',
    json(429, { error: { code: 'too-many-attempts', message: 'm' } }, { 'retry-after': '7' }),
    'too-many-attempts',
    'Wait 7 seconds',
  ],
  ['an older gateway', json(404, 'Not Found'), 'control-request-invalid', undefined],
  [
    'an id that is not there',
    json(404, { error: { code: 'event-not-found', message: 'm' } }),
    'event-not-found',
    undefined,
  ],
  [
    'a redirect',
    json(302, '', { location: 'https://evil.example.com/' }),
    'gateway-unreachable',
    'kt auth login --gateway',
  ],
  [
    'a broken proxy',
    json(502, '<html>Bad gateway</html>'),
    'gateway-unreachable',
    'between it and this machine',
  ],
  ['another program', json(200, '<html></html>'), 'gateway-unreachable', 'another program'],
  [
    'a cut off answer',
    ((_, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('{"a":')
      setTimeout(() => response.destroy(), 20)
    }) as RequestListener,
    'gateway-unreachable',
    undefined,
  ],
])('explains %s', async (_, listener, code, suggestion) => {
  await expect(ask(listener)).rejects.toMatchObject({
    code,
    ...(suggestion && { suggestion: expect.stringContaining(suggestion) }),
  })
})

it('sends the token nowhere else when it is pointed there', async () => {
  const others: string[] = []
  const other = await startServer((request, response) => {
    others.push(String(request.headers.authorization))
    response.end('{}')
  })
  await expect(ask(json(307, '', { location: `${other.url}/keeptrusts/status` }))).rejects.toThrow()
  expect(others).toEqual([])
  other.close()
})

it('asks nothing without a token', () => {
  expect(() => remoteClient(elsewhere('http://127.0.0.1:9', null))).toThrow(
    expect.objectContaining({ code: 'not-logged-in' }),
  )
})
