import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { verifyLog } from '@keeptrusts/audit-store'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { policyConfig } from '../fixtures/policy-config.ts'
import type { Sandbox } from '../fixtures/spawn-kt.ts'
import { createSandbox } from '../fixtures/spawn-kt.ts'
import type { GatewayProcess } from '../fixtures/start-gateway.ts'
import { startGateway } from '../fixtures/start-gateway.ts'

let sandbox: Sandbox
let running: GatewayProcess | null = null

beforeEach(() => {
  sandbox = createSandbox()
  writeFileSync(join(sandbox.folder, 'policy-config.yaml'), policyConfig('http://127.0.0.1:9'))
})

afterEach(async () => {
  running?.child.kill('SIGKILL')
  await running?.exited
  running = null
  sandbox.remove()
})

async function start(env: Readonly<Record<string, string>> = {}): Promise<GatewayProcess> {
  running = await startGateway(sandbox, [], env)
  return running
}

async function stop(): Promise<void> {
  running?.child.kill('SIGTERM')
  await running?.exited
  running = null
}

interface Shown {
  readonly log: string
  readonly vkey: string
  readonly signing: readonly { readonly from_size: number; readonly vkey: string }[]
  readonly prompt_key: string
  readonly files: { readonly signing: string; readonly prompt: string }
}

async function show(env: Readonly<Record<string, string>> = {}): Promise<Shown> {
  const { stdout } = await sandbox.kt(['events', 'key', 'show', '--json'], { env })
  return JSON.parse(stdout) as Shown
}

interface Rotated {
  readonly seq: number
  readonly vkey: string
  readonly file: string
  readonly retired: string | null
}

async function rotate(args: readonly string[] = []): Promise<Rotated> {
  const { code, stdout, stderr } = await sandbox.kt(['events', 'key', 'rotate', ...args, '--json'])
  expect([code, stderr]).toEqual([0, ''])
  return JSON.parse(stdout) as Rotated
}

const promptHash = async (url: string): Promise<unknown> => {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'my-chat-model',
      messages: [{ role: 'user', content: 'Hello' }],
    }),
  })
  const place = response.headers.get('x-keeptrusts-event') ?? ''
  const { stdout } = await sandbox.kt(['events', 'list', '--raw', '--limit', '100'])
  const record = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>)
    .find(({ log, seq }) => `${log}/${seq}` === place)
  return JSON.stringify(record).match(/"[a-z_]*hmac[a-z_]*":"([0-9a-f]{64})"/)?.[1]
}

const findings = (): unknown => {
  const { integrity } = verifyLog({ dir: join(sandbox.dataDir, 'audit') })
  return integrity.findings
}

describe('kt events key show', () => {
  it('says so when there is no log', async () => {
    const { code, stderr } = await sandbox.kt(['events', 'key', 'show'])
    expect([code, stderr]).toEqual([0, expect.stringContaining('No audit log at')])
    for (const args of [
      ['events', 'key', 'rotate'],
      ['backup', '--out', 'backup.db'],
    ]) {
      const failed = await sandbox.kt(args)
      expect([failed.code, failed.stderr]).toEqual([1, expect.stringContaining('No audit log at')])
    }
  })

  it('shows public keys, also when the secret ones are gone, and never those', async () => {
    const { stderr } = await start()
    await stop()
    const shown = await show()
    expect(stderr()).toContain(shown.vkey)
    expect(shown.signing).toEqual([{ from_size: 0, vkey: shown.vkey }])
    const secret = readFileSync(shown.files.prompt, 'utf8').trim()
    rmSync(join(sandbox.configDir, 'keys'), { recursive: true })
    const text = await sandbox.kt(['events', 'key', 'show'])
    expect(text.stdout).toContain(shown.vkey)
    expect(text.stdout).not.toContain(secret)
  })
})

describe('kt events key rotate', () => {
  it('works with a running gateway, which signs and hashes with the new keys at once', async () => {
    const { url } = await start()
    const before = await show()
    const first = await promptHash(url)
    expect(await promptHash(url)).toBe(first)
    const prompt = await rotate(['--key', 'prompt'])
    expect(existsSync(prompt.retired ?? '')).toBe(true)
    const second = await promptHash(url)
    expect(second).toMatch(/^[0-9a-f]{64}$/)
    expect(second).not.toBe(first)
    const signing = await rotate()
    const lost = await sandbox.kt(['events', 'key', 'rotate', '--lost'])
    expect([lost.code, lost.stderr]).toEqual([1, expect.stringContaining('without --lost')])
    await promptHash(url)
    await stop()
    const after = await show()
    expect(after.vkey).toBe(signing.vkey)
    expect(after.signing).toEqual([
      { from_size: 0, vkey: before.vkey },
      { from_size: signing.seq + 2, vkey: signing.vkey },
    ])
    expect(after.prompt_key).not.toBe(before.prompt_key)
    expect(findings()).toEqual([])
    await start()
  })

  it('works alone, and goes on without a key that is lost', async () => {
    await start()
    await stop()
    const { vkey, files } = await show()
    const first = await rotate()
    expect(first.vkey).not.toBe(vkey)
    const text = await sandbox.kt(['events', 'key', 'rotate'])
    expect(text.stdout).toContain('Keep it outside of this machine')
    const early = await sandbox.kt(['events', 'key', 'rotate', '--lost'])
    expect([early.code, early.stderr]).toEqual([1, expect.stringContaining('--lost')])
    rmSync(files.signing)
    const missing = await sandbox.kt(['events', 'key', 'rotate'])
    expect([missing.code, missing.stderr]).toEqual([78, expect.stringContaining('is missing')])
    await rotate(['--lost'])
    await start()
  })
})

describe('KEEPTRUSTS_AUDIT_KEY_FILE and KEEPTRUSTS_PROMPT_KEY_FILE', () => {
  it('say where a gateway and its commands find the keys', async () => {
    const folder = join(sandbox.folder, 'secrets')
    mkdirSync(folder)
    const env = {
      KEEPTRUSTS_AUDIT_KEY_FILE: join(folder, 'signing.pem'),
      KEEPTRUSTS_PROMPT_KEY_FILE: join(folder, 'prompt.key'),
    }
    await start(env)
    await stop()
    expect(existsSync(env.KEEPTRUSTS_AUDIT_KEY_FILE)).toBe(true)
    expect(existsSync(join(sandbox.configDir, 'keys', 'audit-signing.key'))).toBe(false)
    expect((await show(env)).files).toMatchObject({
      signing: env.KEEPTRUSTS_AUDIT_KEY_FILE,
      prompt: env.KEEPTRUSTS_PROMPT_KEY_FILE,
    })
    await expect(start()).rejects.toThrow('is missing')
    running = null
    renameSync(env.KEEPTRUSTS_PROMPT_KEY_FILE, join(folder, 'elsewhere.key'))
    await start({ ...env, KEEPTRUSTS_PROMPT_KEY_FILE: join(folder, 'elsewhere.key') })
  })
})
