import type { IncomingMessage, RequestListener } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { runLoad } from './load.ts'

async function load(answer: RequestListener) {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  try {
    return await runLoad({
      ...{ port: (server.address() as AddressInfo).port, path: '/v1/chat/completions' },
      headers: { authorization: 'Bearer unused', 'x-peer': 'a' },
      bodies: { kind: 'one-message', bytes: 300, seed: 1 },
      ...{ connections: 2, durationMs: 100 },
    })
  } finally {
    server.close()
  }
}

test('calls carry the headers of their subject and a body of their own, and every answer is counted', async () => {
  const seen: { readonly headers: IncomingMessage['headers']; readonly body: string }[] = []
  const result = await load((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString()
    })
    request.on('end', () => {
      seen.push({ headers: request.headers, body })
      response.end('{}')
    })
  })
  expect(result.requests).toBe(seen.length)
  expect(result.failures).toBe(0)
  expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer unused', 'x-peer': 'a' })
  expect(new Set(seen.map(({ body }) => body)).size).toBe(seen.length)
})

test('an answer that is no 200 is a failure, with its status', async () => {
  const result = await load((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(409).end('{}')
    })
  })
  expect(result.requests).toBe(0)
  expect(result.failures).toBeGreaterThan(0)
  expect(result.failedWith).toEqual([409])
})
