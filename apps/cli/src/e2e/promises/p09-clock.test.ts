import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openAuditReader, retentionStatus } from '@keeptrusts/audit-store'
import { parseConfig } from '@keeptrusts/core'
import type { RunningGateway } from '@keeptrusts/gateway'
import { createLog, serveGateway } from '@keeptrusts/gateway'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { writePast } from '../../fixtures/old-log.ts'
import { policyConfig } from '../../fixtures/policy-config.ts'
import type { Sandbox } from '../../fixtures/spawn-kt.ts'
import { createSandbox } from '../../fixtures/spawn-kt.ts'
import { startGateway } from '../../fixtures/start-gateway.ts'

const hourMs = 3_600_000
const yearMs = 365 * 24 * hourMs

let sandbox: Sandbox
const gateways: RunningGateway[] = []

beforeEach(() => {
  sandbox = createSandbox()
})

afterEach(async () => {
  // A gateway that still writes would put files back into the folder while it is removed.
  await Promise.all(gateways.splice(0).map((gateway) => gateway.close()))
  sandbox.remove()
})

const thirtyDays = policyConfig('http://127.0.0.1:9').replace(
  /audit-logger: \{.*\}/,
  'audit-logger: {retention_days: 30}',
)

/** A gateway in this process, whose clock can be set. */
async function gatewayWithClock() {
  const clock = { ahead: 0 }
  const lines: string[] = []
  const gateway = await serveGateway({
    config: parseConfig(thirtyDays),
    listen: { host: '127.0.0.1', port: 0 },
    dataDir: sandbox.dataDir,
    configDir: sandbox.configDir,
    env: { LOCAL_MODEL_TOKEN: 'x' },
    log: createLog((line) => lines.push(line)),
    version: '1.0.0',
    now: () => Date.now() + clock.ahead,
    retentionPace: { clockMs: 20, pruneMs: 20 },
  })
  gateways.push(gateway)
  return { gateway, clock, lines }
}

const dir = () => join(sandbox.dataDir, 'audit')

function records(type: string): readonly Record<string, unknown>[] {
  const reader = openAuditReader({ dir: dir() })
  try {
    return reader.records({ limit: 50 }).filter((record) => record.type === type)
  } finally {
    reader.close()
  }
}

describe('P9: a clock that was set deletes nothing', () => {
  it('ten years forward while the gateway runs: suspended, recorded, and confirmed through the gateway', async () => {
    writePast(sandbox, [{ daysAgo: 1, count: 1500, days: 30 }])
    const { clock } = await gatewayWithClock()
    clock.ahead = 10 * yearMs
    await vi.waitFor(() => expect(retentionStatus({ dir: dir() }).clock.suspended).toBe(true))
    expect(records('audit.clock_jump')).toMatchObject([{ found: 'running' }])
    // Time for many looks.
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(retentionStatus({ dir: dir() }).oldest?.seq).toBe(0)
    const shown = await sandbox.kt(['events', 'retention', 'status'])
    expect(shown.stdout).toMatch(/Clock +not trusted, nothing is deleted: it was set from /)
    const confirmed = await sandbox.kt(['events', 'retention', 'confirm-clock'])
    expect(confirmed.stderr).toBe('')
    expect(confirmed.stdout).toContain('Retention goes on.')
    expect(records('audit.clock_confirmed')).toMatchObject([{ actor: { operator: null } }])
    await vi.waitFor(() => expect(retentionStatus({ dir: dir() }).oldest?.seq).toBe(1024), 5000)
    const again = await sandbox.kt(['events', 'retention', 'confirm-clock'])
    expect(again.stdout).toBe('Nothing to confirm: the clock is trusted.\n')
  })

  it('two hours forward and back again: nobody is needed', async () => {
    const { clock } = await gatewayWithClock()
    clock.ahead = 2 * hourMs
    await vi.waitFor(() => expect(retentionStatus({ dir: dir() }).clock.suspended).toBe(true))
    clock.ahead = 0
    await vi.waitFor(() => expect(retentionStatus({ dir: dir() }).clock.suspended).toBe(false))
    expect(records('audit.clock_jump')).toHaveLength(2)
  })

  it('an hour back: the time of the log never falls, and the record says what the clock said', async () => {
    const { gateway, clock } = await gatewayWithClock()
    clock.ahead = -hourMs
    await gateway.close()
    const [stopped] = records('gateway.stopped')
    const [started] = records('gateway.started')
    expect(Number(stopped?.['ts'])).toBeGreaterThanOrEqual(Number(started?.['ts']))
    expect(Date.parse(String(stopped?.['time']))).toBeLessThan(
      Date.parse(String(started?.['time'])),
    )
  })

  it('forward while nothing ran: a start after a long pause deletes nothing until somebody confirms', async () => {
    writePast(sandbox, [{ daysAgo: 400, count: 1500, days: 30 }])
    writeFileSync(join(sandbox.folder, 'policy-config.yaml'), thirtyDays)
    const first = await startGateway(sandbox, [])
    try {
      await vi.waitFor(() => expect(first.stderr()).toContain('may be wrong'), 10_000)
      expect(retentionStatus({ dir: dir() }).clock.jumps).toMatchObject([{ found: 'start' }])
      expect(retentionStatus({ dir: dir() }).oldest?.seq).toBe(0)
    } finally {
      first.child.kill('SIGTERM')
      await first.exited
    }
    const confirmed = await sandbox.kt(['events', 'retention', 'confirm-clock', '--json'])
    expect(JSON.parse(confirmed.stdout)).toEqual({ confirmed: true })
    const second = await startGateway(sandbox, [])
    try {
      await vi.waitFor(() => expect(retentionStatus({ dir: dir() }).oldest?.seq).toBe(1024), 10_000)
    } finally {
      second.child.kill('SIGTERM')
      await second.exited
    }
  })
})
