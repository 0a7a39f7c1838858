import { existsSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { controlClient } from '../control/control-client.ts'
import { policyConfig } from '../fixtures/policy-config.ts'
import type { Sandbox } from '../fixtures/spawn-kt.ts'
import { createSandbox } from '../fixtures/spawn-kt.ts'
import type { GatewayProcess } from '../fixtures/start-gateway.ts'
import { startGateway } from '../fixtures/start-gateway.ts'

let sandbox: Sandbox
let running: GatewayProcess | null = null

afterEach(async () => {
  running?.child.kill('SIGKILL')
  await running?.exited
  running = null
  sandbox.remove()
})

async function start(): Promise<GatewayProcess> {
  writeFileSync(join(sandbox.folder, 'policy-config.yaml'), policyConfig('http://127.0.0.1:9'))
  running = await startGateway(sandbox, [])
  return running
}

describe('kt gateway status', () => {
  it('says so when no gateway runs', async () => {
    sandbox = createSandbox()
    const { code, stderr, stdout } = await sandbox.kt(['gateway', 'status'])
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain(`No gateway runs with the data folder ${sandbox.dataDir}.`)
  })

  it('shows the running gateway, as text and as JSON', async () => {
    sandbox = createSandbox()
    const { url, child } = await start()
    const text = await sandbox.kt(['gateway', 'status'])
    expect(text.code).toBe(0)
    expect(text.stdout).toContain(`on ${url}`)
    expect(text.stdout).toMatch(/Log +open since/)
    const json = await sandbox.kt(['gateway', 'status', '--json'])
    expect(JSON.parse(json.stdout)).toMatchObject({
      pid: child.pid,
      url,
      log: { state: 'open', size: 2 },
    })
  })

  it('finds nobody at the socket of a killed gateway, and the next gateway takes its place', async () => {
    sandbox = createSandbox()
    const first = await start()
    first.child.kill('SIGKILL')
    await first.exited
    expect(existsSync(join(sandbox.dataDir, 'control.sock'))).toBe(true)
    expect((await sandbox.kt(['gateway', 'status'])).code).toBe(1)
    const { child } = await start()
    const { stdout } = await sandbox.kt(['gateway', 'status', '--json'])
    expect(JSON.parse(stdout)).toMatchObject({ pid: child.pid })
    child.kill('SIGTERM')
    await running?.exited
    expect(existsSync(join(sandbox.dataDir, 'control.sock'))).toBe(false)
  })
})

describe('controlClient', () => {
  it('records events through the running gateway, and passes its refusals on', async () => {
    sandbox = createSandbox()
    await start()
    const client = await controlClient(sandbox.dataDir)
    const event = { id: 'evt_1', type: 'audit.read', time: '2026-01-31T12:00:00Z' }
    expect(await client?.recordEvents([event])).toMatchObject([{ seq: 2 }])
    await expect(
      client?.recordEvents([{ ...event, type: 'gateway.stopped' }]),
    ).rejects.toMatchObject({ code: 'control-request-invalid' })
    expect(await client?.runTask({ kind: 'checkpoint' })).toEqual({ size: 3 })
    running?.child.kill('SIGKILL')
    await running?.exited
    await expect(client?.status()).rejects.toMatchObject({ code: 'gateway-unreachable' })
    expect(await controlClient(sandbox.dataDir)).toBeNull()
  })

  it('does not take something else at the socket for a gateway', async () => {
    sandbox = createSandbox()
    const server = createServer((socket) => socket.end('nonsense\r\n\r\n'))
    const path = join(sandbox.folder, 'control.sock')
    await new Promise<void>((resolve) => server.listen(path, resolve))
    await expect(controlClient(sandbox.folder)).rejects.toMatchObject({
      code: 'gateway-unreachable',
    })
    server.close()
  })
})
