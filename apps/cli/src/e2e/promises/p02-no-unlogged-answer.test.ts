import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { holdLog } from '../../fixtures/hold-log.ts'
import type { Bench } from '../guards/bench.ts'
import { chat, codeOf, parseAnswer, request, startBench } from '../guards/bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await startBench()
})
afterAll(() => bench.stop())

it('P2: while the log cannot commit, the client gets no byte and the model no call; then 503, then service again', async () => {
  const release = holdLog(bench)
  const connection = bench.connect()
  const begun = performance.now()
  connection.socket.write(request(chat('hello'), 'Connection: close\r\n'))
  await pause(1000)
  expect([connection.text(), bench.upstream.calls.length]).toEqual(['', 0])
  const refused = await connection.until('audit_unavailable')
  expect(performance.now() - begun).toBeGreaterThan(1500)
  expect(parseAnswer(refused).status).toBe(503)
  expect(refused.toLowerCase()).toContain('retry-after: 2')
  expect(bench.upstream.calls).toHaveLength(0)
  expect((await fetch(`${bench.gateway.url}/readyz`)).status).toBe(503)
  expect((await fetch(`${bench.gateway.url}/healthz`)).status).toBe(200)

  release()
  await expect.poll(async () => (await fetch(`${bench.gateway.url}/readyz`)).status).toBe(200)
  expect(parseAnswer(await bench.ask(chat('again'))).status).toBe(200)
  expect(bench.upstream.calls).toHaveLength(1)
  expect(codeOf(await bench.ask(chat('and again')))).toBeNull()
})
