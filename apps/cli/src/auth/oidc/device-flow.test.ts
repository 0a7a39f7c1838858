import { closedPort, createCertificateAuthority } from '@keeptrusts/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { approveSignIn } from '../../fixtures/approve-sign-in.ts'
import type { OpenidProvider } from '../../fixtures/openid-provider.ts'
import { startOpenidProvider } from '../../fixtures/openid-provider.ts'
import { startServer } from '../../fixtures/start-gateway.ts'
import { tlsFront } from '../../fixtures/tls-front.ts'
import type { DeviceCode } from './device-flow.ts'
import { fetchIdToken } from './device-flow.ts'
import type { Provider } from './provider.ts'
import { readProvider } from './provider.ts'

let real: OpenidProvider

beforeAll(async () => {
  real = await startOpenidProvider()
  real.accounts['grace'] = { email: 'grace@example.com', email_verified: true, roles: ['staff'] }
})
afterAll(() => real.close())
beforeEach(() => {
  Object.assign(real.behaviour, { codeSeconds: 60, slowDowns: 0, discovery: {} })
})

function provider(more: Partial<Provider> = {}): Provider {
  const scopes = ['openid', 'email', 'roles']
  return { issuer: real.issuer, clientId: 'keeptrusts', scopes, ...more }
}

type Act = (code: DeviceCode) => unknown

const approve: Act = ({ page, code }) => approveSignIn(page, code, { login: 'grace' })

/** The claims of the ID token. */
async function claimsOf(who: Provider, act: Act = approve): Promise<unknown> {
  const token = await fetchIdToken(who, (code) => void act(code))
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
}

const failure = (who: Provider, act: Act = () => {}): Promise<unknown> =>
  fetchIdToken(who, (code) => void act(code)).catch((error: unknown) => error)

describe('signing in at a provider', () => {
  it('ends with an ID token once somebody has entered the code and approved', async () => {
    const seen: DeviceCode[] = []
    const claims = await claimsOf(provider(), (code) => {
      seen.push(code)
      return approve(code)
    })
    expect(claims).toMatchObject({
      ...{ iss: real.issuer, aud: 'keeptrusts', sub: 'grace' },
      ...{ email: 'grace@example.com', email_verified: true, roles: ['staff'] },
    })
    expect(seen).toMatchObject([
      { page: `${real.issuer}/device`, code: expect.stringMatching(/^\w{4}-\w{4}$/), seconds: 60 },
    ])
  })

  it('opens the page with the code filled in, and asks less often when it is told to', async () => {
    real.behaviour.slowDowns = 1
    const began = Date.now()
    const claims = await claimsOf(provider(), ({ directPage, code }) =>
      approveSignIn(directPage ?? '', code, { login: 'grace' }),
    )
    expect(claims).toMatchObject({ sub: 'grace' })
    // A second, then that and five more (RFC 8628 §3.5).
    expect(Date.now() - began).toBeGreaterThan(6900)
  })

  it('says that it was denied', async () => {
    const deny: Act = ({ page, code }) => approveSignIn(page, code, 'deny')
    expect(await failure(provider(), deny)).toMatchObject({ code: 'sign-in-denied' })
  })

  it('says that the code has expired', async () => {
    real.behaviour.codeSeconds = 2
    expect(await failure(provider())).toMatchObject({ code: 'sign-in-expired' })
  })

  it.each([
    ['is not registered', 'nobody', 'invalid_client'],
    ['may not use the device flow', 'web', 'invalid_request'],
  ])(
    'says that a client that %s is refused, without the words of the provider',
    async (_, clientId, name) => {
      expect(await failure(provider({ clientId }))).toMatchObject({
        code: 'provider-refused',
        message: expect.stringMatching(new RegExp(`: ${name}\\.$`)),
        where: real.issuer,
      })
    },
  )

  it('says that there is no ID token', async () => {
    expect(await failure(provider({ scopes: ['email'] }), approve)).toMatchObject({
      code: 'provider-invalid',
      message: 'The provider sent no ID token.',
    })
  })

  it('says that the provider has no device flow', async () => {
    Object.assign(real.behaviour.discovery, { device_authorization_endpoint: undefined })
    expect(await failure(provider())).toMatchObject({
      code: 'device-flow-missing',
      where: real.issuer,
    })
  })

  it('says that nothing listens there, or something else', async () => {
    const { url } = await closedPort()
    expect(await failure(provider({ issuer: url }))).toMatchObject({
      code: 'provider-unreachable',
      message: expect.stringContaining('nothing listens there'),
      where: url,
    })
    for (const answer of ['<html>', '{}', '{"issuer":"https://example.com"}']) {
      const other = await startServer((_, response) => response.end(answer))
      const found = await failure(provider({ issuer: other.url }))
      expect(found).toMatchObject({ code: 'provider-invalid', where: other.url })
      other.close()
    }
  })

  it('says that a certificate is not trusted', async () => {
    const front = await tlsFront(real.issuer, createCertificateAuthority().issue())
    expect(await failure(provider({ issuer: front.url }))).toMatchObject({
      code: 'provider-unreachable',
      message: expect.stringContaining('its certificate is signed by an authority that is not'),
    })
    front.close()
  })

  it('goes on to no page that is not encrypted', async () => {
    const other = await startServer((request, response) => {
      response.setHeader('content-type', 'application/json')
      const url = `http://${request.headers.host}`
      const device = { device_code: 'd', user_code: 'u', expires_in: 60 }
      const document = { issuer: url, device_authorization_endpoint: `${url}/device` }
      const isDevice = request.url === '/device'
      response.end(
        JSON.stringify(isDevice ? { ...device, verification_uri: 'http://a.example' } : document),
      )
    })
    const shown: DeviceCode[] = []
    const found = await failure(provider({ issuer: other.url }), (code) => shown.push(code))
    expect(found).toMatchObject({ code: 'provider-invalid' })
    expect(shown).toEqual([])
    other.close()
  })
})

describe('what a gateway says of its provider', () => {
  it.each([
    [{}, 'oidc-not-configured'],
    [{ oidc: null }, 'oidc-not-configured'],
    [{ oidc: {} }, 'provider-invalid'],
    [
      { oidc: { issuer: 'https://a.example', client_id: 'c', scopes: 'openid' } },
      'provider-invalid',
    ],
    [{ oidc: { issuer: 'http://a.example', client_id: 'c', scopes: [] } }, 'provider-invalid'],
    [{ oidc: { issuer: 'file:///etc', client_id: 'c', scopes: [] } }, 'provider-invalid'],
    [{ oidc: { issuer: 'a', client_id: 'c', scopes: [] } }, 'provider-invalid'],
  ])('is refused where it cannot be used: %j', (methods, code) => {
    expect(() => readProvider(methods)).toThrow(expect.objectContaining({ code }))
  })

  it('is read', () => {
    const oidc = { issuer: 'https://a.example', client_id: 'c', scopes: ['openid'] }
    expect(readProvider({ oidc })).toEqual({
      ...{ issuer: 'https://a.example', clientId: 'c', scopes: ['openid'] },
    })
  })
})
