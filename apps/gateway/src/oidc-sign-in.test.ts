import type { AccessStore } from '@keeptrusts/access'
import { openAccessStore, permissionsOf, roles } from '@keeptrusts/access'
import { parseConfig } from '@keeptrusts/core'
import type { IdentityProvider } from '@keeptrusts/testing'
import { closedPort, createSigningKey, startIdentityProvider } from '@keeptrusts/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TestGateway, TestGatewayOptions } from './fixtures/test-gateway.ts'
import { endAll, endWith, startTestGateway, yamlFor } from './fixtures/test-gateway.ts'

const key = createSigningKey('key-1')
const newKey = createSigningKey('key-2', 'ES256')
const roleMap = '{staff: viewer, audit: auditor, run: operator, root: admin}'

let provider: IdentityProvider

beforeEach(async () => {
  provider = await startIdentityProvider({ keys: [key] })
  endWith(() => provider.close().catch(() => {}))
})
afterEach(endAll)

function yaml(more = `role_map: ${roleMap}`, issuer = provider.issuer): string {
  const access = `access:\n  oidc: {issuer: "${issuer}", client_id: keeptrusts, ${more}}`
  return yamlFor({ baseUrl: 'http://127.0.0.1:9/v1', more: access })
}

interface Started {
  readonly gateway: TestGateway
  readonly store: AccessStore
}

/** A gateway that somebody has signed in to before. */
async function start(text = yaml(), options: TestGatewayOptions = {}): Promise<Started> {
  const gateway = await startTestGateway(text, options)
  const store = openAccessStore({ dir: gateway.dataDir })
  endWith(async () => store.close())
  return { gateway, store }
}

const seconds = () => Math.floor(Date.now() / 1000)

/** An ID token of Grace. */
function idToken(claims = {}, wish: Parameters<IdentityProvider['token']>[1] = {}): string {
  const usual = { sub: 'g-7', email: 'Grace@Example.com', email_verified: true, roles: ['staff'] }
  return provider.token({ ...usual, ...claims }, wish)
}

interface Answer {
  readonly status: number
  readonly retryAfter: string | null
  readonly token?: string
  readonly operator?: { readonly id: string; readonly email: string; readonly role: string }
  readonly expires?: string
  readonly error?: { readonly code: string; readonly message: string }
}

async function signIn({ gateway }: Started, token: unknown): Promise<Answer> {
  const response = await fetch(`${gateway.url}/keeptrusts/auth/oidc`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id_token: token }),
  })
  const body = (await response.json()) as object
  return { status: response.status, retryAfter: response.headers.get('retry-after'), ...body }
}

async function ask({ gateway }: Started, path: string, token?: string) {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const response = await fetch(`${gateway.url}/keeptrusts/${path}`, { headers })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

describe('signing in with an ID token', () => {
  it('gives a session of the mapped role, which is recorded and follows the provider', async () => {
    const started = await start()
    expect((await ask(started, 'auth/methods')).body).toEqual({
      password: true,
      oidc: {
        ...{ issuer: provider.issuer, client_id: 'keeptrusts' },
        scopes: ['openid', 'email', 'profile'],
      },
    })
    const shown = idToken()
    const first = await signIn(started, shown)
    expect(first).toMatchObject({
      status: 200,
      operator: { email: 'grace@example.com', role: 'viewer' },
    })
    const { body } = await ask(started, 'auth/whoami', first.token)
    expect(body).toMatchObject({ kind: 'session', scopes: permissionsOf.viewer })
    const [login] = started.gateway.records('auth.login')
    expect(login).toMatchObject({
      method: 'oidc',
      actor: { operator: 'grace@example.com', operator_id: first.operator?.id, role: 'viewer' },
    })

    const again = await signIn(started, idToken({ email: 'g@example.com', roles: 'audit other' }))
    const { id } = first.operator ?? {}
    expect(again.operator).toEqual({ id, email: 'g@example.com', role: 'auditor' })
    // The session from before is of the same person, who has a new role.
    expect((await ask(started, 'events', first.token)).status).toBe(200)
    const kept = JSON.stringify(started.gateway.records()) + started.gateway.lines.join()
    for (const secret of [shown, first.token ?? '?']) expect(kept).not.toContain(secret)
  })

  it.each([
    ['the strongest of several', { roles: ['staff', 'root', 'audit'] }, '', 'admin'],
    ['one that stands deep', { realm: { roles: ['run'] } }, 'roles_claim: realm.roles', 'operator'],
    [
      'one of a name with dots',
      { 'https://x.y/r': ['run'] },
      'roles_claim: "https://x.y/r"',
      'operator',
    ],
    ['the default for whoever has none', { roles: ['others'] }, 'default_role: viewer', 'viewer'],
    ['the mapped before the default', { roles: ['audit'] }, 'default_role: viewer', 'auditor'],
  ])('gives %s', async (_, claims, more, role) => {
    const started = await start(yaml([`role_map: ${roleMap}`, more].filter(Boolean).join(', ')))
    expect(await signIn(started, idToken(claims))).toMatchObject({ operator: { role } })
  })

  it.each([
    ['expired', () => ({ exp: seconds() - 62 }), {}],
    ['no_expiry', () => ({ exp: undefined }), {}],
    ['not_yet_valid', () => ({ nbf: seconds() + 300 }), {}],
    ['not_yet_valid', () => ({ iat: seconds() + 300 }), {}],
    ['no_issue_time', () => ({ iat: undefined }), {}],
    ['too_old', () => ({ iat: seconds() - 662, exp: seconds() + 600 }), {}],
    ['wrong_audience', () => ({ aud: 'another-client' }), {}],
    ['wrong_party', () => ({ aud: ['keeptrusts', 'another-client'] }), {}],
    ['wrong_party', () => ({ azp: 'another-client' }), {}],
    ['wrong_issuer', () => ({ iss: 'https://idp.example.com' }), {}],
    ['no_subject', () => ({ sub: undefined }), {}],
    ['no_subject', () => ({ sub: 'g'.repeat(256) }), {}],
    ['no_id_token', () => ({ typ: 'Bearer' }), {}],
    ['no_id_token', () => ({}), { header: { typ: 'at+jwt' } }],
    ['bad_signature', () => ({}), { key: createSigningKey('key-1') }],
    ['unknown_key', () => ({}), { header: { kid: 'nobody' } }],
    ['algorithm_not_allowed', () => ({}), { forged: 'none' as const }],
    ['algorithm_not_allowed', () => ({}), { forged: 'HS256' as const }],
  ])('is refused for a token that proves nothing, in one way: %s', async (detail, claims, wish) => {
    const started = await start()
    const answer = await signIn(started, idToken(claims(), wish))
    expect(answer.status).toBe(401)
    expect(answer.error).toMatchObject({
      ...{ code: 'oidc-token-refused', message: 'The ID token proves nothing here.' },
    })
    await expect
      .poll(() => started.gateway.records('auth.failed').at(-1))
      .toMatchObject({ reason: 'oidc-token-refused', detail, actor: { operator: null } })
    expect(started.gateway.records('auth.login')).toEqual([])
  })

  it.each([
    ['no_role', { roles: ['others', 'constructor', 7] }],
    ['no_role', { roles: undefined }],
    ['no_email', { email: undefined }],
    ['email_not_verified', { email_verified: false }],
    ['email_not_verified', { email_verified: 'false' }],
  ])('is refused for somebody who is not let in: %s', async (detail, claims) => {
    const started = await start()
    const answer = await signIn(started, idToken(claims))
    expect([answer.status, answer.error?.code]).toEqual([403, 'oidc-not-admitted'])
    await expect
      .poll(() => started.gateway.records('auth.failed'))
      .toMatchObject([{ reason: 'oidc-not-admitted', detail }])
    expect(started.store.operators.list()).toEqual([])
  })

  it('takes addresses that the provider says nothing of, and none that are no addresses', async () => {
    const started = await start()
    expect((await signIn(started, idToken({ email_verified: undefined }))).status).toBe(200)
    const answer = await signIn(started, idToken({ email: 'grace' }))
    expect([answer.status, answer.error?.code]).toEqual([400, 'bad-email'])
  })

  it('is not asked to read what is no text, or a very long one', async () => {
    const started = await start()
    for (const token of [7, '', 'x'.repeat(32 * 1024 + 1)])
      expect((await signIn(started, token)).status).toBe(400)
    expect((await signIn(started, idToken({ groups: 'g'.repeat(20_000) }))).status).toBe(200)
  })

  it('is throttled as signing in with a password is', async () => {
    const started = await start()
    const statuses: number[] = []
    for (let tries = 0; tries < 22; tries += 1) statuses.push((await signIn(started, 'x')).status)
    expect(statuses.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 401))
    expect(statuses.slice(20)).toEqual([429, 429])
  })
})

describe('the provider', () => {
  it('may change its keys at any time', async () => {
    let ahead = 0
    const started = await start(yaml(), { now: () => Date.now() + ahead })
    expect((await signIn(started, idToken())).status).toBe(200)
    ahead = 3000
    const old = idToken()
    provider.behaviour.keys = [newKey]
    expect((await signIn(started, idToken())).status).toBe(200)
    expect((await signIn(started, old)).status).toBe(401)
  })

  it('may be away: 503 until it is back, and nothing to restart', async () => {
    let ahead = 0
    const { port } = provider
    await provider.close()
    const started = await start(yaml(), { now: () => Date.now() + ahead })
    const answer = await signIn(started, idToken())
    expect(answer).toMatchObject({ status: 503, retryAfter: '2' })
    expect(answer.error).toMatchObject({ code: 'identity_provider_unavailable' })
    expect(started.gateway.lines.join()).toContain('identity_provider.away')
    provider = await startIdentityProvider({ keys: [key], port })
    ahead = 3000
    expect((await signIn(started, idToken())).status).toBe(200)
  })

  it('is the one of the newest configuration', async () => {
    let text = yaml('default_role: viewer')
    const started = await start(text, { loadConfig: async () => parseConfig(text) })
    const { gateway } = started
    const reload = () =>
      gateway.reloader.reload({ trigger: 'command', actor: { os_user: 'ada', operator: null } })
    expect((await signIn(started, idToken({ roles: [] }))).status).toBe(200)
    const before = gateway.gateway.live.current().idTokens
    text = `${yaml('default_role: viewer')}\nsize_limits: {max_body_bytes: 100000}`
    await reload()
    expect(gateway.gateway.live.current().idTokens).toBe(before)

    text = yaml()
    await reload()
    expect((await signIn(started, idToken({ roles: [] }))).status).toBe(403)
    text = yaml(undefined, (await closedPort()).url)
    await reload()
    expect((await signIn(started, idToken())).status).toBe(503)
    text = yamlFor({ baseUrl: 'http://127.0.0.1:9/v1' })
    await reload()
    expect((await ask(started, 'auth/methods')).body).toEqual({ password: true, oidc: null })
    const answer = await signIn(started, idToken())
    expect([answer.status, answer.error?.code]).toEqual([409, 'oidc-not-configured'])
  })

  it('lets nobody in before the gateway has operators', async () => {
    const gateway = await startTestGateway(yaml())
    const response = await fetch(`${gateway.url}/keeptrusts/auth/oidc`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id_token: idToken() }),
    })
    expect(response.status).toBe(409)
    expect(await response.text()).toContain('has no operators yet')
  })
})

it('every role of operators can be mapped', () => {
  const map = roles.map((role) => `${role}: ${role}`).join(', ')
  const { access } = parseConfig(yaml(`role_map: {${map}}`))
  expect(Object.values(access.oidc?.role_map ?? {})).toEqual(roles)
})
