import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startFakeUpstream } from '@keeptrusts/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Sandbox } from '../fixtures/spawn-kt.ts'
import { createSandbox } from '../fixtures/spawn-kt.ts'
import type { GatewayProcess } from '../fixtures/start-gateway.ts'
import { startGateway } from '../fixtures/start-gateway.ts'
import { steadyCalls } from '../fixtures/steady-calls.ts'

let sandbox: Sandbox
let upstream: Awaited<ReturnType<typeof startFakeUpstream>>
let gateway: GatewayProcess

beforeEach(async () => {
  sandbox = createSandbox()
  upstream = await startFakeUpstream({ kind: 'openai', record: false })
})

afterEach(async () => {
  gateway?.child.kill('SIGKILL')
  await gateway?.exited
  await upstream.close()
  sandbox.remove()
})

function configOf(word: string): string {
  return `pack: {name: reload, version: 1.0.0, enabled: true}
providers:
  targets: [{id: local, provider: "openai:chat:my-chat-model", base_url: "${upstream.url}/v1"}]
policies: {chain: [dlp-filter]}
policy:
  dlp-filter: {blocked_terms: [${word}], action: block}
`
}

/** As editors do it. */
function save(text: string): void {
  const path = join(sandbox.folder, 'policy-config.yaml')
  writeFileSync(`${path}.new`, text)
  renameSync(`${path}.new`, path)
}

async function start(...args: string[]): Promise<void> {
  save(configOf('lemon'))
  gateway = await startGateway(sandbox, args)
}

async function statusOf(text: string): Promise<number> {
  const response = await fetch(`${gateway.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'my-chat-model', messages: [{ role: 'user', content: text }] }),
  })
  await response.arrayBuffer()
  return response.status
}

describe('kt gateway reload', () => {
  it('under load: a broken file fails no call, and after a good one every call is judged by it', async () => {
    await start('--no-watch')
    const load = steadyCalls(gateway.url, { perSecond: 50, text: 'a melon' })
    save(configOf('lemon').replace('action: block', 'action: bogus'))
    const broken = await sandbox.kt(['gateway', 'reload'])
    expect(broken.code).toBe(78)
    expect(broken.stderr).toContain('Nothing was changed: the configuration has 1 error')
    expect(broken.stderr).toContain('policy-config.yaml:6:')
    save(configOf('melon'))
    const good = await sandbox.kt(['gateway', 'reload'])
    const answered = performance.now()
    expect([good.code, good.stderr]).toEqual([0, ''])
    expect(good.stdout).toContain('policy.dlp-filter.blocked_terms[0]')
    const judged = () => load.ended().filter(({ begun }) => begun > answered)
    await expect.poll(() => judged().length, { timeout: 20_000 }).toBeGreaterThan(20)
    const calls = await load.stop()
    const later = judged()
    expect(new Set(later.map(({ status }) => status))).toEqual(new Set([409]))
    expect(new Set(calls.map(({ status }) => status))).toEqual(new Set([200, 409]))
  })

  it('answers two operators who reload at once, and says when nothing has changed', async () => {
    await start('--no-watch')
    save(configOf('melon'))
    const reload = () => sandbox.kt(['gateway', 'reload', '--json'])
    const answers = (await Promise.all([reload(), reload()])).map(({ code, stdout }) => {
      expect(code).toBe(0)
      return JSON.parse(stdout)
    })
    expect(answers.map(({ changed }) => changed).sort()).toEqual([false, true])
    expect(answers[0].hash).toBe(answers[1].hash)
    const again = await sandbox.kt(['gateway', 'reload'])
    expect(again.stdout).toContain('has not changed')
  })

  it('refuses what only a restart can change, and status says what failed', async () => {
    await start('--no-watch')
    save(`${configOf('melon')}audit_store: {kind: none}\n`)
    const refused = await sandbox.kt(['gateway', 'reload'])
    expect(refused.code).toBe(78)
    expect(refused.stderr).toContain('audit_store.kind cannot change while the gateway runs')
    const status = await sandbox.kt(['gateway', 'status'])
    expect(status.stdout).toMatch(/Reload +failed at .*: restart-required/)
    expect(await statusOf('a melon')).toBe(200)
  })
})

describe('kt gateway run', () => {
  it('reads a file again when it changes, and goes on with the old one while it is broken', async () => {
    await start()
    save(configOf('lemon').replace('action: block', 'action: bogus'))
    await expect.poll(() => gateway.stderr(), { timeout: 8000 }).toContain('config.reload_failed')
    expect(await statusOf('a lemon')).toBe(409)
    save(configOf('melon'))
    await expect.poll(() => statusOf('a melon'), { timeout: 8000 }).toBe(409)
    expect(await statusOf('a lemon')).toBe(200)
  })

  it('reads it again on SIGHUP, and only then with --no-watch', async () => {
    await start('--no-watch')
    save(configOf('melon'))
    expect(await statusOf('a melon')).toBe(200)
    gateway.child.kill('SIGHUP')
    await expect.poll(() => statusOf('a melon'), { timeout: 8000 }).toBe(409)
  })
})
