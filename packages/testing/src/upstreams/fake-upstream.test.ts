import { connect } from 'node:net'
import { expect, test, vi } from 'vitest'
import { closedPort } from '../faults/closed-port.ts'
import { faults } from '../faults/faults.ts'
import { startFakeUpstream } from './fake-upstream.ts'

test('a request is recorded as it was on the wire', async () => {
  const server = await startFakeUpstream({ kind: 'openai' })
  await fetch(`${server.url}/v1/models?x=1`, { headers: { 'X-Two': 'a' } })
  const [request] = server.requests
  expect(request).toMatchObject({ method: 'GET', path: '/v1/models?x=1', body: '', aborted: false })
  expect(request?.rawHeaders).toContain('X-Two')
  expect(request?.headers['x-two']).toBe('a')
  await server.close()
})

test('a client that leaves is noticed', async () => {
  const server = await startFakeUpstream({ kind: 'openai', script: faults.hangBeforeHeaders() })
  const controller = new AbortController()
  const call = fetch(`${server.url}/v1/chat/completions`, {
    method: 'POST',
    body: '{}',
    signal: controller.signal,
  })
  await vi.waitFor(() => expect(server.requests).toHaveLength(1))
  expect(server.requests[0]?.aborted).toBe(false)
  controller.abort()
  await expect(call).rejects.toThrow()
  await vi.waitFor(() => expect(server.requests[0]?.aborted).toBe(true))
  expect(server.requests[0]?.abortedAt).toBeGreaterThanOrEqual(server.requests[0]?.time ?? 0)
  await server.close()
})

test('closing cuts hanging calls and frees the port for another kind', async () => {
  const first = await startFakeUpstream({
    kind: 'mlflow-scoring',
    script: faults.hangBeforeHeaders(),
  })
  const socket = connect(first.port, '127.0.0.1')
  const gone = new Promise((resolve) => socket.on('close', resolve))
  socket.on('error', () => {})
  socket.write('POST /invocations HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n')
  await vi.waitFor(() => expect(first.requests).toHaveLength(1))
  await first.close()
  await gone
  const second = await startFakeUpstream({ kind: 'mlflow-gateway', port: first.port })
  expect(await (await fetch(`${second.url}/health`)).text()).toBe('{"status":"OK"}')
  await second.close()
})

test('a taken port is an error, not a hang', async () => {
  const server = await startFakeUpstream({ kind: 'openai' })
  await expect(startFakeUpstream({ kind: 'openai', port: server.port })).rejects.toThrow(
    'EADDRINUSE',
  )
  await server.close()
})

test('the answer waits for onRequest, and a script may answer or pass on', async () => {
  const seen: string[] = []
  const server = await startFakeUpstream({
    kind: 'mlflow-scoring',
    onRequest: async ({ path }) => {
      await new Promise((resolve) => setTimeout(resolve, 5))
      seen.push(path)
    },
    script: (request, response, next) =>
      request.path === '/ping' ? void response.end('mine') : next(),
  })
  expect(await (await fetch(`${server.url}/ping`)).text()).toBe('mine')
  expect(await (await fetch(`${server.url}/health`)).text()).toBe('\n')
  expect(seen).toEqual(['/ping', '/health'])
  await server.close()
})

test('a script that throws breaks the connection', async () => {
  const server = await startFakeUpstream({
    kind: 'openai',
    script: () => {
      throw new Error('script')
    },
  })
  await expect(fetch(server.url)).rejects.toThrow()
  await server.close()
})

test('a closed port refuses connections', async () => {
  const { url } = await closedPort()
  const error = await fetch(url).catch((reason: unknown) => reason)
  expect(error).toHaveProperty('cause.code', 'ECONNREFUSED')
})
