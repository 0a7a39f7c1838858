import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FakeUpstream } from '../upstreams/fake-upstream.ts'
import { startFakeUpstream } from '../upstreams/fake-upstream.ts'
import { closedPort } from './closed-port.ts'
import type { FaultProxy, ProxyFaults } from './fault-proxy.ts'
import { startFaultProxy } from './fault-proxy.ts'

let upstream: FakeUpstream
let proxy: FaultProxy
beforeEach(async () => {
  upstream = await startFakeUpstream({ kind: 'mlflow-gateway' })
})
afterEach(async () => {
  await proxy.close()
  await upstream.close()
})

async function start(faults: ProxyFaults = {}): Promise<string> {
  proxy = await startFaultProxy({ target: upstream.url, ...faults })
  return proxy.url
}

const call = (url: string) =>
  fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    body: '{"model":"my-chat-model","messages":[{"role":"user","content":"hello"}]}',
  })

test('without faults it passes everything on and counts connections', async () => {
  const url = await start()
  expect(await (await call(url)).text()).toBe(await (await call(upstream.url)).text())
  expect(proxy.connections()).toBe(1)
})

test('it can delay answers', async () => {
  const url = await start({ delayMs: 60 })
  const started = performance.now()
  await (await call(url)).text()
  expect(performance.now() - started).toBeGreaterThanOrEqual(55)
})

test.each([false, true])('it can cut an answer after some bytes (reset %s)', async (rst) => {
  const url = await start({ cutAfterBytes: 200, rst })
  await expect(call(url).then((response) => response.text())).rejects.toThrow()
  expect(upstream.requests).toHaveLength(1)
})

test('it can cut before the first byte', async () => {
  const url = await start({ cutAfterBytes: 0 })
  await expect(call(url)).rejects.toThrow()
})

test('a target that is not there ends the connection', async () => {
  const { url: nowhere } = await closedPort()
  proxy = await startFaultProxy({ target: nowhere })
  await expect(call(proxy.url)).rejects.toThrow()
})
