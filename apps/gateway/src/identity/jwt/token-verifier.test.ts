import type { JwtSettings } from '@keeptrusts/core'
import type { IdentityProvider } from '@keeptrusts/testing'
import { createSigningKey, startIdentityProvider } from '@keeptrusts/testing'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { createLog } from '../../log/log.ts'
import { createUndiciTransport } from '../../transport/undici-transport.ts'
import { looksLikeToken, TokenVerifier } from './token-verifier.ts'

const transport = createUndiciTransport()
const providers: IdentityProvider[] = []
afterEach(async () => {
  for (const provider of providers.splice(0)) await provider.close()
})
afterAll(() => transport.close())

const first = createSigningKey('key-1')
const second = createSigningKey('key-2', 'ES256')
const third = createSigningKey('key-3', 'EdDSA')
const strange = createSigningKey('key-1')

interface Started {
  readonly provider: IdentityProvider
  readonly verifier: TokenVerifier
  readonly lines: string[]
  /** Milliseconds by which the gateway's clock is ahead; may be changed. */
  readonly clock: { ahead: number }
}

async function start(settings: Partial<JwtSettings> = {}, at = {}): Promise<Started> {
  const provider = await startIdentityProvider({ keys: [first], ...at })
  providers.push(provider)
  const lines: string[] = []
  const clock = { ahead: 0 }
  const verifier = new TokenVerifier({
    settings: {
      issuer: provider.issuer,
      audience: ['keeptrusts'],
      subject_claim: 'sub',
      roles_claim: 'roles',
      clock_tolerance_seconds: 60,
      ...settings,
    },
    transport,
    log: createLog((line) => lines.push(line)),
    now: () => Date.now() + clock.ahead,
  })
  return { provider, verifier, lines, clock }
}

const problemOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    (identity) => identity,
    (error: { problem?: string }) => error.problem ?? error,
  )
const seconds = () => Math.floor(Date.now() / 1000)

describe('a token', () => {
  it.each([first, second, third, createSigningKey('key-4', 'PS256')])(
    'signed with $alg is accepted, by the keys that the discovery document names',
    async (key) => {
      const { provider, verifier } = await start()
      provider.behaviour.keys = [key]
      const token = provider.token({ roles: ['analyst'] })
      const expected = { subject: 'ann', roles: ['analyst'], via: 'token' }
      expect(await verifier.verify(token)).toEqual(expected)
      expect(await verifier.verify(token)).toEqual(expected)
      expect(provider.requests).toEqual(['/.well-known/openid-configuration', '/keys'])
    },
  )

  it.each([
    ['expired', () => ({ exp: seconds() - 62 }), {}],
    ['no_expiry', () => ({ exp: undefined }), {}],
    ['not_yet_valid', () => ({ nbf: seconds() + 120 }), {}],
    ['wrong_audience', () => ({ aud: ['other'] }), {}],
    ['wrong_audience', () => ({ aud: undefined }), {}],
    ['wrong_issuer', () => ({ iss: 'https://example.com' }), {}],
    ['no_subject', () => ({ sub: undefined }), {}],
    ['no_subject', () => ({ sub: 'ann\u0000' }), {}],
    ['bad_signature', () => ({}), { key: strange }],
    ['algorithm_not_allowed', () => ({}), { forged: 'none' as const }],
    ['algorithm_not_allowed', () => ({}), { forged: 'HS256' as const }],
    ['unknown_key', () => ({}), { header: { alg: 'ES256' } }],
    ['unknown_key', () => ({}), { header: { kid: 'other' } }],
    ['malformed', () => ({}), { header: { crit: ['exp'] } }],
  ])('that is wrong is refused: %s', async (problem, claims, wish) => {
    const { provider, verifier } = await start()
    expect(await problemOf(verifier.verify(provider.token(claims(), wish)))).toBe(problem)
  })

  it.each(['a.b.c', 'eyJhbGciOiJSUzI1NiJ9.e30.', 'eyJhbGciOiJSUzI1NiJ9.bm8.AAAA', 'x.y.z.w.v'])(
    'that is none is refused: %s',
    async (token) => {
      const { verifier } = await start()
      expect(['malformed', 'bad_signature', 'algorithm_not_allowed']).toContain(
        await problemOf(verifier.verify(token)),
      )
    },
  )

  it('holds within the tolerance on both sides, and not beyond it', async () => {
    const { provider, verifier } = await start()
    for (const claims of [{ exp: seconds() - 50 }, { nbf: seconds() + 50 }])
      expect(await verifier.verify(provider.token(claims))).toMatchObject({ subject: 'ann' })
    const strict = await start({ clock_tolerance_seconds: 0 })
    expect(
      await problemOf(strict.verifier.verify(strict.provider.token({ exp: seconds() - 1 }))),
    ).toBe('expired')
  })

  it('that was accepted is refused once it has expired', async () => {
    const { provider, verifier, clock } = await start()
    const token = provider.token({ exp: seconds() + 5 })
    expect(await verifier.verify(token)).toMatchObject({ subject: 'ann' })
    clock.ahead = 66_000
    expect(await problemOf(verifier.verify(token))).toBe('expired')
  })

  it('without a key id is tried with every key', async () => {
    const { provider, verifier } = await start()
    const other = createSigningKey('key-9')
    provider.behaviour.keys = [first, other]
    const wish = { header: { kid: undefined } }
    expect(await verifier.verify(provider.token({}, { ...wish, key: other }))).toBeTruthy()
    expect(await problemOf(verifier.verify(provider.token({}, { ...wish, key: strange })))).toBe(
      'bad_signature',
    )
  })
})

describe('claims', () => {
  it('name the caller and the roles where the settings say', async () => {
    const { provider, verifier } = await start({
      subject_claim: 'kubernetes.io.name',
      roles_claim: 'realm_access.roles',
      role_map: { 'ai-users': 'analyst', doctors: 'clinician' },
    })
    const claims = {
      'kubernetes.io': { name: 'no' },
      kubernetes: { io: { name: 'batch' } },
      realm_access: { roles: ['ai-users', 'constructor', 7, 'others', 'ai-users'] },
    }
    expect(await verifier.verify(provider.token(claims))).toEqual({
      subject: 'batch',
      roles: ['analyst'],
      via: 'token',
    })
  })

  it('may be words in one text, or have dots in their names', async () => {
    const { provider, verifier } = await start({ roles_claim: 'https://example.com/roles' })
    const claims = { 'https://example.com/roles': 'reader  writer' }
    expect(await verifier.verify(provider.token(claims))).toMatchObject({
      roles: ['reader', 'writer'],
    })
  })
})

describe('keys', () => {
  it('that are new count at once, and removed ones no more', async () => {
    const { provider, verifier, clock } = await start()
    const old = provider.token()
    expect(await verifier.verify(old)).toMatchObject({ subject: 'ann' })
    clock.ahead = 3000
    provider.behaviour.keys = [second]
    expect(await verifier.verify(provider.token())).toMatchObject({ subject: 'ann' })
    expect(await problemOf(verifier.verify(old))).toBe('unknown_key')
  })

  it('are fetched again after five minutes without anybody waiting', async () => {
    const { provider, verifier, clock } = await start()
    const old = provider.token()
    await verifier.verify(old)
    provider.behaviour.keys = [second]
    clock.ahead = 301_000
    const before = provider.requests.length
    expect(await verifier.verify(old)).toMatchObject({ subject: 'ann' })
    await expect.poll(() => provider.requests.length).toBeGreaterThan(before + 1)
    await expect.poll(() => problemOf(verifier.verify(old))).toBe('unknown_key')
  })

  it('are fetched once for many tokens at once, and not for a flood of unknown ones', async () => {
    const { provider, verifier, clock } = await start()
    const good = Array.from({ length: 50 }, () => verifier.verify(provider.token()))
    await Promise.all(good)
    expect(provider.requests).toHaveLength(2)
    clock.ahead = 3000
    const bad = Array.from({ length: 300 }, (_, at) =>
      problemOf(verifier.verify(provider.token({}, { header: { kid: `made-up-${at}` } }))),
    )
    expect(new Set(await Promise.all(bad))).toEqual(new Set(['unknown_key']))
    expect(provider.requests).toHaveLength(4)
  })

  it('serve on while the provider is away, for a day', async () => {
    const { provider, verifier, clock, lines } = await start()
    await verifier.verify(provider.token())
    provider.behaviour.answer = (response) => void response.destroy()
    const fresh = (ahead: number) => {
      clock.ahead = ahead
      return provider.token({ exp: seconds() + 100_000 })
    }
    for (const ahead of [400_000, 3_600_000, 86_000_000])
      expect(await verifier.verify(fresh(ahead))).toMatchObject({ subject: 'ann' })
    expect(await problemOf(verifier.verify(fresh(86_500_000)))).toBe('UND_ERR_SOCKET')
    provider.behaviour.answer = null
    clock.ahead += 3000
    expect(await verifier.verify(fresh(clock.ahead))).toMatchObject({ subject: 'ann' })
    const events = lines.map((line) => (JSON.parse(line) as { event: string }).event)
    expect(events).toEqual(['identity_provider.away', 'identity_provider.back'])
  })

  it('that cannot be had say why, and are had as soon as the provider is there', async () => {
    const { provider, verifier, clock } = await start()
    const { port } = provider
    const token = provider.token()
    await provider.close()
    providers.pop()
    expect(await problemOf(verifier.verify(token))).toBe('ECONNREFUSED')
    providers.push(await startIdentityProvider({ keys: [first], port }))
    expect(await problemOf(verifier.verify(token)), 'within the pause').toBe('ECONNREFUSED')
    clock.ahead = 2500
    expect(await verifier.verify(token)).toMatchObject({ subject: 'ann' })
  })

  it.each([
    ['redirected', (port: number) => ({ status: 302, location: `http://127.0.0.1:${port}/keys` })],
    ['status_500', () => ({ status: 500 })],
    ['not_json', () => ({ status: 200, body: '<html>' })],
    ['not_an_object', () => ({ status: 200, body: '[]' })],
    ['no_keys', () => ({ status: 200, body: '{}' })],
    ['no_usable_key', () => ({ status: 200, body: '{"keys":[{"kty":"oct","k":"AAAA"}]}' })],
    ['too_large', () => ({ status: 200, body: `{"keys":["${'x'.repeat(300_000)}"]}` })],
  ] as const)('are not taken from a bad answer: %s', async (problem, answerOf) => {
    const { provider, verifier } = await start()
    const { verifier: direct } = await start({
      issuer: provider.issuer,
      jwks_uri: provider.jwksUri,
    })
    const token = provider.token()
    const answer: { status: number; location?: string; body?: string } = answerOf(provider.port)
    provider.behaviour.answer = (response) => {
      response.writeHead(answer.status, answer.location ? { location: answer.location } : {})
      response.end(answer.body ?? '')
    }
    expect(await problemOf(direct.verify(token))).toBe(problem)
    expect(provider.requests).toEqual(['/keys'])
    expect(await problemOf(verifier.verify(token))).toEqual(expect.any(String))
  })

  it('of another issuer are not believed, nor those of a refused address', async () => {
    const { provider, verifier } = await start()
    provider.behaviour.answer = (response) =>
      void response.end(JSON.stringify({ issuer: 'https://example.com', jwks_uri: 'x' }))
    expect(await problemOf(verifier.verify(provider.token()))).toBe('discovery_of_other_issuer')
    const metadata = await start({ jwks_uri: 'http://169.254.169.254/keys' })
    expect(await problemOf(metadata.verifier.verify(provider.token()))).toBe('ERR_REFUSED_ADDRESS')
    const named = await start()
    named.provider.behaviour.answer = (response) =>
      void response.end(
        JSON.stringify({ issuer: named.provider.issuer, jwks_uri: 'http://10.0.0.1/keys' }),
      )
    expect(await problemOf(named.verifier.verify(named.provider.token()))).toBe(
      'jwks_uri_not_https',
    )
  })
})

describe('looksLikeToken', () => {
  it('knows the compact forms and nothing else', () => {
    for (const token of ['a.b.c', 'a.b.', 'a.b.c.d.e', 'a.b..d.e'])
      expect(looksLikeToken(token), token).toBe(true)
    for (const other of ['unused', 'sk-abc', 'a.b', 'a.b.c.d', 'a b.c.d', '', 'kt_gk_x'])
      expect(looksLikeToken(other), other).toBe(false)
  })
})
