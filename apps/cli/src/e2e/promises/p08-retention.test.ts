import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { writePast } from '../../fixtures/old-log.ts'
import { policyConfig } from '../../fixtures/policy-config.ts'
import type { Sandbox } from '../../fixtures/spawn-kt.ts'
import { createSandbox } from '../../fixtures/spawn-kt.ts'
import type { GatewayProcess } from '../../fixtures/start-gateway.ts'
import { startGateway } from '../../fixtures/start-gateway.ts'

let sandbox: Sandbox
let running: GatewayProcess | null = null

beforeEach(() => {
  sandbox = createSandbox()
})

afterEach(async () => {
  running?.child.kill('SIGKILL')
  await running?.exited
  running = null
  sandbox.remove()
})

async function start(options: string): Promise<void> {
  const config = policyConfig('http://127.0.0.1:9').replace(/audit-logger: \{.*\}/, options)
  writeFileSync(join(sandbox.folder, 'policy-config.yaml'), config)
  running = await startGateway(sandbox, [])
}

async function stop(signal: NodeJS.Signals): Promise<void> {
  running?.child.kill(signal)
  await running?.exited
  running = null
}

async function json(...args: readonly string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await sandbox.kt(['events', ...args, '--json'])
  expect([code, stderr]).toEqual([0, ''])
  return JSON.parse(stdout) as Record<string, unknown>
}

const status = () => json('retention', 'status')

/** Resolves when the log begins with a record. */
async function beginsWith(seq: number): Promise<void> {
  await vi.waitFor(async () => expect(await status()).toMatchObject({ oldest: { seq } }), {
    timeout: 20_000,
    interval: 200,
  })
}

describe('P8: retention is exact and provable', () => {
  it('deletes what is old when the gateway starts, nothing younger, and records it', async () => {
    writePast(sandbox, [
      { daysAgo: 40, count: 2500, days: 30 },
      { daysAgo: 29, count: 2000 },
      { daysAgo: 1, count: 10 },
    ])
    await start('audit-logger: {retention_days: 30}')
    await beginsWith(2048)
    expect(await status()).toMatchObject({
      days: 30,
      immutable: true,
      next: { up_to: 3072, blocked_by: null, under_way: false },
      last: { up_to: 2048, count: 2048, by_hand: false },
      clock: { suspended: false },
    })
    const text = await sandbox.kt(['events', 'retention', 'status'])
    expect(text.stdout).toMatch(/Kept for +30 days\n/)
    expect(text.stdout).toMatch(/Last +2048 records below 2048, /)
  })

  it('keeps what was written under a longer setting', async () => {
    writePast(sandbox, [
      { daysAgo: 40, count: 1500, days: 60 },
      { daysAgo: 1, count: 10 },
    ])
    await start('audit-logger: {retention_days: 30}')
    await new Promise((resolve) => setTimeout(resolve, 1500))
    expect(await status()).toMatchObject({ days: 30, last: null, oldest: { seq: 0 } })
  })

  it('goes on after a kill in the middle', async () => {
    writePast(sandbox, [
      { daysAgo: 40, count: 20_000, days: 30 },
      { daysAgo: 1, count: 10 },
    ])
    for (const pause of [50, 150, 300]) {
      await start('audit-logger: {retention_days: 30}')
      await new Promise((resolve) => setTimeout(resolve, pause))
      await stop('SIGKILL')
    }
    await start('audit-logger: {retention_days: 30}')
    await beginsWith(19_456)
  })

  it('keeps what is on hold, while a gateway runs and while none does', async () => {
    writePast(sandbox, [
      { daysAgo: 40, count: 3000, days: 30 },
      { daysAgo: 1, count: 10 },
    ])
    const added = await json('hold', 'add', '--from', '1500', '--reason', 'Case 17')
    await start('audit-logger: {retention_days: 30}')
    await beginsWith(1024)
    expect(await status()).toMatchObject({ next: { up_to: 2048, blocked_by: 'hold' } })
    const list = await sandbox.kt(['events', 'hold', 'list'])
    expect(list.stdout).toContain(`${added['hold']}  1500`)
    expect(list.stdout).toContain('Case 17')
    expect(await json('hold', 'remove', String(added['hold']))).toEqual({ removed: true })
    const again = await sandbox.kt(['events', 'hold', 'remove', String(added['hold'])])
    expect(again.code).toBe(1)
    expect(again.stderr).toContain('hold-unknown')
    await stop('SIGTERM')
    await start('audit-logger: {retention_days: 30}')
    await beginsWith(2048)
  })

  it('lets records go by hand where the configuration allows that, and only there', async () => {
    writePast(sandbox, [
      { daysAgo: 3, count: 1500, days: 365, immutable: false },
      { daysAgo: 1, count: 10 },
    ])
    const prune = (...more: string[]) => ['retention', 'prune', '--before', '2d', ...more]
    await start('audit-logger: {immutable: false}')
    expect(await json(...prune())).toEqual({ deleted: 1024, first: 1024 })
    expect(await json(...prune())).toEqual({ deleted: 0, first: 1024 })
    expect(await status()).toMatchObject({ last: { by_hand: true, count: 1024 } })
    await stop('SIGTERM')
    await start('audit-logger: {}')
    const refused = await sandbox.kt(['events', ...prune()])
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain('log-immutable')
  })

  it('says where it looked when there is no log', async () => {
    const { code, stderr } = await sandbox.kt(['events', 'retention', 'status'])
    expect([code, stderr]).toEqual([0, expect.stringContaining('No audit log at')])
    const hold = await sandbox.kt(['events', 'hold', 'add', '--reason', 'x'])
    expect([hold.code, hold.stderr]).toEqual([1, expect.stringContaining('store-missing')])
  })
})
