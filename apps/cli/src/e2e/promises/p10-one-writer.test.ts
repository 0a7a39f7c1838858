import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startGateway } from '../../fixtures/start-gateway.ts'
import type { Bench } from '../guards/bench.ts'
import { chat, parseAnswer, startBench } from '../guards/bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await startBench()
})
afterAll(() => bench.stop())

it('P10: a second gateway on the same log is refused and told by whom; after a kill the next one starts at once', async () => {
  const config = join(bench.sandbox.folder, 'policy-config.yaml')
  const args = ['gateway', 'run', '--port', '0', '--policy-config', config]
  const second = await bench.sandbox.kt(args)
  expect(second.code).toBe(1)
  expect(second.stderr).toContain(`in use by process ${bench.gateway.child.pid}.`)
  expect(parseAnswer(await bench.ask(chat('hello'))).status).toBe(200)

  bench.gateway.child.kill('SIGKILL')
  await bench.gateway.exited
  const next = await startGateway(bench.sandbox, [])
  expect((await fetch(`${next.url}/readyz`)).status).toBe(200)
  next.child.kill('SIGTERM')
  expect(await next.exited).toBe(0)
})
