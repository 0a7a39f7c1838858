import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openAccessStore } from '@keeptrusts/access'
import type { AuditRecord } from '@keeptrusts/audit-store'
import { openAuditReader } from '@keeptrusts/audit-store'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fetchIdToken } from '../auth/oidc/device-flow.ts'
import { approveSignIn } from '../fixtures/approve-sign-in.ts'
import type { GovernedModel } from '../fixtures/governed-model.ts'
import { startGovernedModel } from '../fixtures/governed-model.ts'
import { startLogin } from '../fixtures/login-process.ts'
import type { OpenidProvider } from '../fixtures/openid-provider.ts'
import { startOpenidProvider } from '../fixtures/openid-provider.ts'
import type { Sandbox } from '../fixtures/spawn-kt.ts'
import { createSandbox } from '../fixtures/spawn-kt.ts'
import { credentialsOf } from '../fixtures/stored-sign-in.ts'

const there = createSandbox()
let laptop: Sandbox
let provider: OpenidProvider
let governed: GovernedModel

beforeAll(async () => {
  provider = await startOpenidProvider()
  Object.assign(provider.accounts, {
    grace: { email: 'grace@example.com', email_verified: true, roles: ['staff', 'ai-platform'] },
    vera: { email: 'vera@example.com', roles: ['staff'] },
    eve: { email: 'eve@example.com', roles: ['guests'] },
  })
  openAccessStore({ dir: there.dataDir }).close()
  governed = await startGovernedModel(
    there,
    `access:
  oidc:
    issuer: ${provider.issuer}
    client_id: keeptrusts
    scopes: [openid, email, roles]
    role_map: {staff: viewer, ai-platform: operator}
    clock_tolerance_seconds: 0
`,
  )
}, 60_000)
afterAll(async () => {
  await governed.stop()
  await provider.close()
  there.remove()
})
beforeEach(() => {
  laptop = createSandbox()
})
afterEach(() => laptop.remove())

const elsewhere = (...args: string[]) => ['--gateway', governed.gateway.url, ...args]

/** Has somebody sign in with `kt`, in a browser of their own. */
async function login(sandbox: Sandbox, account: string, args: readonly string[] = elsewhere()) {
  const process = startLogin(sandbox, args)
  const { page, code } = await process.code
  await approveSignIn(page, code, { login: account })
  return process.ended
}

/** An ID token of Grace, as kt gets it. */
function idToken(clientId = 'keeptrusts'): Promise<string> {
  const { issuer } = provider
  const scopes = ['openid', 'email', 'roles']
  return fetchIdToken({ issuer, clientId, scopes }, ({ page, code }) => {
    void approveSignIn(page, code, { login: 'grace' })
  })
}

async function show(token: string): Promise<number> {
  const response = await fetch(`${governed.gateway.url}/keeptrusts/auth/oidc`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id_token: token }),
  })
  await response.text()
  return response.status
}

/** Records of the gateway's log. */
function recordsOf(type: string): readonly AuditRecord[] {
  const reader = openAuditReader({ dir: join(there.dataDir, 'audit') })
  const records = [...reader.records({ limit: 1000 })]
  reader.close()
  return records.filter((record) => record.type === type)
}

describe('kt auth login --oidc', () => {
  it('signs in to a gateway elsewhere with the role that the provider gives', async () => {
    const process = startLogin(laptop, elsewhere('--json', '--profile', 'prod'))
    const { page, code } = await process.code
    await approveSignIn(page, code, { login: 'grace' })
    const { stdout, stderr, ...ended } = await process.ended
    expect(ended.code).toBe(0)
    expect(JSON.parse(stdout)).toEqual({
      ...{ profile: 'prod', url: governed.gateway.url, email: 'grace@example.com' },
      ...{ role: 'operator', expires: expect.stringMatching(/^\d{4}-.*Z$/) },
    })
    expect(JSON.parse(stderr)).toMatchObject({
      ...{ verification_uri: `${provider.issuer}/device`, expires_in: 60 },
    })
    const stored = readFileSync(credentialsOf(laptop), 'utf8')
    expect(stored).toContain('kt_at_')
    expect(stored).not.toContain('eyJ')
    if (globalThis.process.platform !== 'win32')
      expect(statSync(credentialsOf(laptop)).mode & 0o777).toBe(0o600)

    const status = await laptop.kt(['gateway', 'status'])
    expect(status).toMatchObject({ code: 0 })
    expect(status.stdout).toContain(`on ${governed.gateway.url}`)
    const me = JSON.parse((await laptop.kt(['auth', 'whoami', '--json'])).stdout)
    expect(me).toMatchObject({ email: 'grace@example.com', role: 'operator', kind: 'session' })
    expect((await laptop.kt(['events', 'list', '--json'])).code).toBe(0)
    expect(recordsOf('auth.login')).toMatchObject([
      { method: 'oidc', actor: { operator: 'grace@example.com', role: 'operator' } },
    ])
    expect((await laptop.kt(['auth', 'logout'])).code).toBe(0)
  }, 60_000)

  it('signs in to the gateway of this machine over its control socket', async () => {
    const { code, stdout, stderr } = await login(there, 'vera', [])
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^Signed in as vera@example\.com \(viewer\) until [\d-]+\.\n$/),
    })
    expect(stderr).toMatch(
      /^Open http\S+\/device in a browser, .*\nOr open http\S+ and compare the code\.\nWaiting for up to 60 seconds; Ctrl-C gives up\.\n$/,
    )
    const me = JSON.parse((await there.kt(['auth', 'whoami', '--json'])).stdout)
    expect(me).toMatchObject({ email: 'vera@example.com', role: 'viewer' })
  }, 60_000)

  it('is refused for whoever has no role, and stores nothing', async () => {
    const { code, stdout, stderr } = await login(laptop, 'eve')
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/error\[oidc-not-admitted\]: .*\n {2}--> http.*\n {2}help: .*role_map/)
    expect(existsSync(credentialsOf(laptop))).toBe(false)
    await expect
      .poll(() => recordsOf('auth.failed'))
      .toMatchObject([{ reason: 'oidc-not-admitted', detail: 'no_role' }])
  }, 60_000)

  it('says that it was denied, and ends at Ctrl-C, with nothing stored', async () => {
    const denied = startLogin(laptop, elsewhere())
    const { page, code } = await denied.code
    await approveSignIn(page, code, 'deny')
    const refused = await denied.ended
    expect([refused.code, refused.stdout]).toEqual([1, ''])
    expect(refused.stderr).toMatch(/error\[sign-in-denied\]: .*\n {2}--> http.*\n {2}help: /)

    const stopped = startLogin(laptop, elsewhere())
    await stopped.code
    stopped.child.kill('SIGINT')
    const ended = await stopped.ended
    expect([ended.code, ended.stdout]).toEqual([130, ''])
    expect(ended.stderr).toContain('Given up: nobody was signed in.\n')
    expect(existsSync(credentialsOf(laptop))).toBe(false)
  }, 60_000)

  it('says what is missing: a gateway, its provider, or the way there', async () => {
    const alone = await startLogin(laptop).ended
    expect(alone.code).toBe(1)
    expect(alone.stderr).toMatch(/^error\[gateway-unreachable\]: Signing in at a provider needs/)
    const both = await startLogin(laptop, ['--email', 'a@example.com']).ended
    expect(both.code).toBe(2)

    await provider.goAway()
    const away = await startLogin(laptop, elsewhere('--json')).ended
    await provider.comeBack()
    expect(away.code).toBe(1)
    expect(JSON.parse(away.stdout)).toMatchObject({
      error: { code: 'provider-unreachable', suggestion: expect.any(String) },
    })
  }, 60_000)
})

describe('an ID token', () => {
  it('of another client, or one that has expired, signs nobody in', async () => {
    expect(await show(await idToken('other'))).toBe(401)
    provider.behaviour.idTokenSeconds = 1
    const brief = await idToken()
    provider.behaviour.idTokenSeconds = 3600
    await sleep(2000)
    expect(await show(brief)).toBe(401)
    await expect
      .poll(() => recordsOf('auth.failed').map(({ detail }) => detail))
      .toEqual(expect.arrayContaining(['wrong_audience', 'expired']))
  }, 60_000)

  it('counts only with the keys that the provider has now', async () => {
    const old = await idToken()
    expect(await show(old)).toBe(200)
    provider.rotateKeys()
    expect((await login(laptop, 'grace')).code).toBe(0)
    expect(await show(old)).toBe(401)
  }, 60_000)
})
