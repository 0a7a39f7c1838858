import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { verifyLog } from '@keeptrusts/audit-store'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { policyConfig } from '../fixtures/policy-config.ts'
import type { Sandbox } from '../fixtures/spawn-kt.ts'
import { createSandbox } from '../fixtures/spawn-kt.ts'
import type { GatewayProcess } from '../fixtures/start-gateway.ts'
import { startGateway, startServer } from '../fixtures/start-gateway.ts'

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

async function start(upstream = 'http://127.0.0.1:9', more = ''): Promise<GatewayProcess> {
  writeFileSync(join(sandbox.folder, 'policy-config.yaml'), policyConfig(upstream) + more)
  running = await startGateway(sandbox, [])
  return running
}

async function stop(): Promise<void> {
  running?.child.kill('SIGTERM')
  await running?.exited
  running = null
}

const call = (url: string, content: string): Promise<Response> =>
  fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'my-chat-model', messages: [{ role: 'user', content }] }),
  })

async function anchorFile(): Promise<string> {
  const { stdout } = await sandbox.kt(['events', 'key', 'show', '--json'])
  const { log } = JSON.parse(stdout) as { readonly log: string }
  return join(sandbox.configDir, 'anchors', `${log}.jsonl`)
}

const database = (): string => join(sandbox.dataDir, 'audit', 'audit.db')

async function bodies(): Promise<string[]> {
  const { stdout } = await sandbox.kt(['events', 'list', '--raw', '--limit', '100000'])
  return stdout.trim().split('\n').reverse()
}

describe('kt backup and kt restore', () => {
  it('copy a log while 16 callers fill it; the copy is a prefix, verifies, and goes on', async () => {
    const answer = { choices: [{ message: { role: 'assistant', content: 'Yes.' } }] }
    const server = await startServer((request, response) => {
      request.resume()
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(answer))
    })
    const { url } = await start(server.url)
    let busy = true
    const callers = Array.from({ length: 16 }, async () => {
      while (busy) await call(url, 'Is water wet?').then((response) => response.text())
    })
    await new Promise((resolve) => setTimeout(resolve, 500))
    const out = join(sandbox.folder, 'backup.db')
    const { code, stdout, stderr } = await sandbox.kt(['backup', '--out', out, '--json'])
    await new Promise((resolve) => setTimeout(resolve, 300))
    busy = false
    await Promise.all(callers)
    server.close()
    expect([code, stderr]).toEqual([0, ''])
    const report = JSON.parse(stdout) as { readonly size: number; readonly note: string }
    expect(statSync(out).mode & 0o777).toBe(0o600)
    expect(existsSync(`${out}.partial`)).toBe(false)
    await stop()
    const all = await bodies()
    expect(all.length).toBeGreaterThan(report.size)
    const again = await sandbox.kt(['backup', '--out', out])
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('exists already')])

    const refused = await sandbox.kt(['restore', out])
    expect(refused.code).toBe(1)
    expect(refused.stderr).toMatch(/would lose \d+ of \d+ events/)
    const restored = await sandbox.kt(['restore', out, '--force', '--json'])
    expect([restored.code, restored.stderr]).toEqual([0, ''])
    const result = JSON.parse(restored.stdout) as Readonly<Record<string, unknown>>
    expect(result).toMatchObject({ from_size: report.size, replaced_log: null })
    expect(existsSync(join(String(result['aside']), 'audit.db'))).toBe(true)
    expect(statSync(database()).mode & 0o777).toBe(0o600)
    const left = await bodies()
    expect(left.slice(0, report.size)).toEqual(all.slice(0, report.size))
    expect(JSON.parse(left[report.size] ?? '')).toMatchObject({
      type: 'audit.restored',
      from_size: report.size,
      previous_size: result['previous_size'],
      lost: Number(result['previous_size']) - report.size,
      actor: { os_user: expect.any(String), operator: null },
    })
    expect(verifyLog({ dir: join(sandbox.dataDir, 'audit') }).integrity.findings).toEqual([])
    await start()
    await stop()
    const anchors = [await anchorFile()]
    const { integrity, completeness, exit } = verifyLog({
      dir: join(sandbox.dataDir, 'audit'),
      anchors,
    })
    expect(integrity.findings).toEqual([])
    expect(completeness.findings).toMatchObject([{ code: 'restored', seq: report.size }])
    expect(exit).toBe(1)
    const accepted = verifyLog({
      dir: join(sandbox.dataDir, 'audit'),
      anchors,
      acceptedRestores: [report.size],
    })
    expect(accepted.completeness).toMatchObject({ verdict: 'proven', findings: [] })
  })

  it('an old backup that is copied into place by hand is refused at the start', async () => {
    await start()
    await stop()
    const out = join(sandbox.folder, 'backup.db')
    expect((await sandbox.kt(['backup', '--out', out])).stdout).toContain('Backed up')
    await start()
    await stop()
    const anchors = await anchorFile()
    copyFileSync(out, database())
    await expect(start()).rejects.toThrow(
      new RegExp(`the anchors in ${anchors} have seen \\d+: an older copy was put in its place`),
    )
    expect((await sandbox.kt(['events', 'key', 'rotate'])).code).toBe(1)
    expect((await sandbox.kt(['restore', database(), '--force'])).code).toBe(0)
    await start()
  })

  it('restores into an empty place without --force, with the keys that were kept apart', async () => {
    await start()
    await stop()
    const [out, keys] = [join(sandbox.folder, 'backup.db'), join(sandbox.folder, 'keys.json')]
    const { stderr } = await sandbox.kt(['backup', '--out', out, '--with-keys', keys])
    expect(stderr).toContain('holds secret keys')
    expect(statSync(keys).mode & 0o777).toBe(0o600)
    rmSync(sandbox.dataDir, { recursive: true })
    rmSync(sandbox.configDir, { recursive: true })
    const keyless = await sandbox.kt(['restore', out])
    expect([keyless.code, keyless.stderr]).toEqual([78, expect.stringContaining('is missing')])
    expect(existsSync(database())).toBe(false)
    const { code, stdout } = await sandbox.kt(['restore', out, '--keys', keys])
    expect(code).toBe(0)
    expect(stdout).toContain('no log was in place')
    await start()
  })

  it('is refused while a gateway runs, and for a backup that was changed', async () => {
    await start()
    const out = join(sandbox.folder, 'backup.db')
    await sandbox.kt(['backup', '--out', out])
    const inUse = await sandbox.kt(['restore', out, '--force'])
    expect([inUse.code, inUse.stderr]).toEqual([1, expect.stringContaining('is in use by process')])
    await stop()
    const bytes = readFileSync(out)
    const place = bytes.indexOf('gateway.started')
    bytes.write('gateway.starved', place)
    writeFileSync(out, bytes)
    const before = readFileSync(database())
    const { code, stderr } = await sandbox.kt(['restore', out, '--force'])
    expect(code).toBe(1)
    expect(stderr).toMatch(/was changed|damaged/)
    expect(readFileSync(database()).equals(before)).toBe(true)
    expect(readdirSync(join(sandbox.dataDir, 'audit'))).not.toContain('restoring')
  })
})

describe('anchors of kt gateway run', () => {
  it('go where the configuration says, are in the status, and their absence is warned about', async () => {
    const path = join(sandbox.folder, 'elsewhere.jsonl')
    await start('http://127.0.0.1:9', `audit_store:\n  anchors: [{type: file, path: ${path}}]\n`)
    const status = await sandbox.kt(['gateway', 'status', '--json'])
    expect(JSON.parse(status.stdout)).toMatchObject({
      log: { anchors: [{ type: 'file', where: path, last_size: null, error: null }] },
    })
    const text = await sandbox.kt(['gateway', 'status'])
    expect(text.stdout).toContain(`${path}: nothing yet`)
    await stop()
    expect(readFileSync(path, 'utf8')).toContain('keeptrusts.local/audit/')
    const { stderr } = await start('http://127.0.0.1:9', 'audit_store: {anchors: []}\n')
    expect(stderr()).toContain('un-anchored')
  })

  it('a client is a witness too: the event that its answer names is in the log', async () => {
    const { url } = await start()
    const response = await call(url, 'Hello')
    const reference = response.headers.get('x-keeptrusts-event') ?? ''
    expect(reference).toMatch(/^[0-9a-f]{32}\/\d+$/)
    const { code, stdout } = await sandbox.kt(['events', 'show', reference, '--json'])
    expect(code).toBe(0)
    expect(stdout).toContain(reference.split('/')[0])
    const { anchors } = (await (await fetch(`${url}/health`)).json()) as { anchors: unknown }
    expect(anchors).toMatchObject([{ type: 'file', error: null }])
  })
})
