import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Bench } from '../guards/bench.ts'
import { chat, codeOf, startBench } from '../guards/bench.ts'

const token = 'token-of-monitoring'
let bench: Bench
beforeAll(async () => {
  bench = await startBench({ env: { KEEPTRUSTS_METRICS_TOKEN: token } })
})
afterAll(() => bench.stop())

async function metrics(): Promise<ReadonlyMap<string, number>> {
  const headers = { authorization: `Bearer ${token}` }
  const text = await (await fetch(`${bench.gateway.url}/metrics`, { headers })).text()
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(
    lines.map((line): [string, number] => {
      const end = line.lastIndexOf(' ')
      return [line.slice(0, end), Number(line.slice(end + 1).replace('+Inf', 'Infinity'))]
    }),
  )
}

const state = async (name: string) =>
  (await metrics()).get(`keeptrusts_audit_state{state="${name}"}`)

it('P15: a log that is taken away shows in metrics, readiness, status, and on the screen of the operator', async () => {
  await bench.ask(chat('hello'))
  const before = await metrics()
  for (const name of [
    ...['append_seconds_count', 'queue', 'last_checkpoint_age_seconds', 'anchor_age_seconds'],
    ...['free_bytes', 'unlogged_total', 'events_total'],
  ])
    expect(before.get(`keeptrusts_audit_${name}`), name).toBeTypeOf('number')
  expect(before.get('keeptrusts_audit_state{state="open"}')).toBe(1)
  expect((await bench.sandbox.kt(['gateway', 'status'])).code).toBe(0)

  const file = join(bench.sandbox.dataDir, 'audit', 'audit.db')
  renameSync(file, `${file}.stolen`)
  await expect.poll(() => state('closed')).toBe(1)
  expect(await state('open')).toBe(0)
  expect((await fetch(`${bench.gateway.url}/readyz`)).status).toBe(503)
  expect((await fetch(`${bench.gateway.url}/healthz`)).status).toBe(200)
  expect(codeOf(await bench.ask(chat('hello')))).toBe('audit_unavailable')
  expect(bench.upstream.calls).toHaveLength(1)
  const after = await metrics()
  expect(after.get('keeptrusts_audit_unlogged_total')).toBeGreaterThan(0)
  expect(after.get('keeptrusts_gateway_requests_total{outcome="error"}')).toBe(1)
  const status = await bench.sandbox.kt(['gateway', 'status', '--json'])
  expect(status.code).toBe(1)
  expect(JSON.parse(status.stdout)).toMatchObject({
    log: { state: 'closed', reason: 'it needs an operator (store-moved)' },
  })
  expect(bench.gateway.stderr()).toContain('needs an operator (store-moved)')
})
