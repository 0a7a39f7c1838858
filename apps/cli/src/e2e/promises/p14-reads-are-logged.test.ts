import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { policyConfig } from '../../fixtures/policy-config.ts'
import { callEvents, openSandboxLog, recordsIn, startEvent } from '../../fixtures/recorded-log.ts'
import type { Sandbox } from '../../fixtures/spawn-kt.ts'
import { createSandbox } from '../../fixtures/spawn-kt.ts'
import type { GatewayProcess } from '../../fixtures/start-gateway.ts'
import { startGateway } from '../../fixtures/start-gateway.ts'

let sandbox: Sandbox
let gateway: GatewayProcess | null = null

afterEach(async () => {
  gateway?.child.kill('SIGKILL')
  await gateway?.exited
  gateway = null
  sandbox.remove()
})

async function startSandboxGateway(policies = policyConfig('http://127.0.0.1:9')): Promise<void> {
  const file = join(sandbox.folder, 'policy-config.yaml')
  writeFileSync(file, policies)
  gateway = await startGateway(sandbox, ['--policy-config', file])
}

/** A log that nobody writes now. */
async function leaveLog(recording = 'every'): Promise<void> {
  const store = await openSandboxLog(sandbox)
  await store.rememberConfig('c0ffee', '{"pack":{"name":"p"}}')
  for (const event of [startEvent(recording), ...callEvents(1)]) await store.append(event)
  await store.close()
}

const list = (...args: string[]) => sandbox.kt(['events', 'list', ...args])

const rawTypes = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).type)

describe('P14: reads of the log are logged', () => {
  it('shows the first list in the second, while a gateway runs', async () => {
    sandbox = createSandbox()
    await startSandboxGateway()
    const first = await list('--raw', '--limit', '7')
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(rawTypes(first.stdout)).not.toContain('audit.read')
    const second = await list('--raw')
    const [read, ...others] = second.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(read).toMatchObject({
      type: 'audit.read',
      command: 'events list',
      filter: { limit: 7, raw: true },
      count: rawTypes(first.stdout).length,
      actor: { os_user: expect.stringMatching(/./), operator: null },
    })
    expect(others.map(({ type }) => type)).toEqual(rawTypes(first.stdout))
  })

  it('shows the first list in the second, without a gateway', async () => {
    sandbox = createSandbox()
    await leaveLog()
    const first = await list('--limit', '5')
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(rawTypes((await list('--raw')).stdout)[0]).toBe('audit.read')
    // One event per command, and none about the reading of others.
    expect(recordsIn(sandbox, 'audit.read').map(({ filter }) => filter)).toEqual([
      { limit: 5 },
      { limit: 20, raw: true },
    ])
  })

  it('records every command that reads, once, under its own name', async () => {
    sandbox = createSandbox()
    await leaveLog()
    const [call] = callEvents(1)
    const commands = [
      ['list', '--json'],
      ['show', call?.id ?? ''],
      ['show', call?.id ?? '', '--config'],
      ['show', 'evt_none'],
      ['tail', '--once'],
      ['tail', '--once', '--json', '--since-cursor', 'cursor'],
      ['export', '--format', 'csv'],
      ['hash', '--stdin', '--find'],
      ['verify'],
    ]
    for (const command of commands) await sandbox.kt(['events', ...command])
    const reads = recordsIn(sandbox).filter(({ type }) => type.startsWith('audit.'))
    expect(reads.map(({ type, command, count }) => [type, command, count]).slice(1)).toEqual([
      ['audit.read', 'events list', 1],
      ['audit.read', 'events show', 2],
      ['audit.read', 'events show', 2],
      ['audit.read', 'events show', 0],
      ['audit.read', 'events tail', null],
      ['audit.read', 'events tail', null],
      ['audit.export', 'events export', 10],
      ['audit.read', 'events hash', 0],
      ['audit.verify', 'events verify', expect.any(Number)],
    ])
  })

  it('names the operator who is signed in', async () => {
    sandbox = createSandbox()
    await leaveLog()
    const login = ['auth', 'login', '--email', 'ada@example.com', '--password-stdin']
    expect((await sandbox.kt(login, { input: 'correct horse battery' })).code).toBe(0)
    await list()
    await list('--limit', '1')
    const credentials = readFileSync(join(sandbox.configDir, 'credentials.json'), 'utf8')
    const { token } = JSON.parse(credentials)
    await sandbox.kt(['events', 'list', '--limit', '2'], {
      env: { KEEPTRUSTS_API_TOKEN: token },
    })
    expect(recordsIn(sandbox, 'audit.read').map(({ actor }) => actor)).toMatchObject([
      { operator: 'ada@example.com' },
      { operator: 'ada@example.com' },
      { operator: 'ada@example.com' },
    ])
  })

  it('shows nothing when the read cannot be recorded', async () => {
    sandbox = createSandbox()
    await leaveLog()
    const key = join(sandbox.configDir, 'keys', 'audit-signing.key')
    chmodSync(key, 0o644)
    for (const command of [
      ['list'],
      ['list', '--json'],
      ['list', '--raw'],
      ['show', callEvents(1)[0]?.id ?? ''],
      ['tail', '--once'],
      ['tail', '--json', '--since-cursor', 'cursor', '--once'],
      ['export', '--out', 'export.json'],
    ]) {
      const { code, stdout, stderr } = await sandbox.kt(['events', ...command])
      expect(code).toBe(1)
      expect(`${stdout}${stderr}`).toContain('read-not-recorded')
      expect(stdout).not.toMatch(/evt_|01890000/)
      expect(`${stdout}${stderr}`).toMatch(/could not be recorded[\s\S]*chmod 600/)
    }
    expect(existsSync(join(sandbox.folder, 'export.json'))).toBe(false)
    expect(recordsIn(sandbox, 'audit.read')).toEqual([])
    chmodSync(key, 0o600)
    expect((await list()).code).toBe(0)
  })

  it.runIf(process.getuid?.() === 0)(
    'says what to do when another user may read the log but not its keys',
    async () => {
      sandbox = createSandbox()
      await leaveLog()
      const keys = join(sandbox.configDir, 'keys')
      // The log belongs to the other user, its keys to root.
      spawnSync('chown', ['-R', '65534', sandbox.folder])
      spawnSync('chown', ['-R', '0', keys])
      const { code, stdout, stderr } = await sandbox.kt(['events', 'list'], { uid: 65534 })
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toMatch(/cannot read the key [\s\S]*Run as the user that runs the gateway/)
    },
  )

  it('waits for another kt that records at the same time', async () => {
    sandbox = createSandbox()
    await leaveLog()
    const runs = await Promise.all([1, 2, 3, 4].map((limit) => list('--limit', String(limit))))
    expect(runs.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
      runs.map(() => ({ code: 0, stderr: '' })),
    )
    expect(recordsIn(sandbox, 'audit.read')).toHaveLength(4)
  })

  it.each(['exceptions', 'background'])(
    'records no read in a log that records %s only',
    async (mode) => {
      sandbox = createSandbox()
      await leaveLog(mode)
      chmodSync(join(sandbox.configDir, 'keys', 'audit-signing.key'), 0o644)
      expect(await list()).toMatchObject({ code: 0, stderr: '' })
      expect(recordsIn(sandbox, 'audit.read')).toEqual([])
    },
  )
})

describe('P14: verifications are logged', () => {
  it('P14: with what they found, without a gateway, and told also where that cannot be recorded', async () => {
    sandbox = createSandbox()
    const store = await openSandboxLog(sandbox)
    await store.append({ ...startEvent(), config_hash: null })
    await store.close()
    const first = await sandbox.kt(['events', 'verify'])
    expect(first).toMatchObject({ code: 3, stderr: '' })
    expect(recordsIn(sandbox, 'audit.verify')).toMatchObject([
      {
        command: 'events verify',
        filter: { anchors: null, vkey: null, from_last: false },
        count: 2,
        result: { integrity: 'intact', completeness: 'unproven', exit: 3 },
        actor: { os_user: expect.stringMatching(/./), operator: null },
      },
    ])
    const key = join(sandbox.configDir, 'keys', 'prompt-hmac.key')
    writeFileSync(key, 'not a key\n')
    const second = await sandbox.kt(['events', 'verify'])
    expect(second.code).toBe(3)
    expect(second.stdout).toContain('ok    integrity     intact')
    expect(second.stderr).toMatch(/^This verification was not recorded in the log: .*prompt-hmac/)
  })
})
