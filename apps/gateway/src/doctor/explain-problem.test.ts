import { startFakeUpstream } from '@keeptrusts/testing'
import { describe, expect, it } from 'vitest'
import { readEgressProxy } from '../transport/egress-proxy.ts'
import type { TransportProblem } from '../transport/transport-error.ts'
import { TransportError } from '../transport/transport-error.ts'
import { createUndiciTransport } from '../transport/undici-transport.ts'
import { checkAddress } from './check-address.ts'
import { checkReachable } from './check-reachable.ts'
import { explainProblem } from './explain-problem.ts'
import { proxyFor } from './proxy-for.ts'

const url = new URL('https://models.example.com:8443/v1')
const line = 'providers.targets[0]'
const party = {
  name: 'the model server of target "a"',
  ...{ url, urlKey: 'base_url', line, tlsLine: line, tls: undefined, hasOwnLimits: true },
}
const place = { url, setting: `base_url of ${line}`, proxy: null, party }

describe('a failed exchange', () => {
  it.each([
    ['unreachable', 'ECONNREFUSED', 'connection-refused'],
    ['unreachable', 'ENOTFOUND', 'name-not-found'],
    ['unreachable', 'EHOSTUNREACH', 'no-route'],
    ['tls', 'CERT_HAS_EXPIRED', 'certificate-expired'],
    ['tls', 'ERR_TLS_CERT_ALTNAME_INVALID', 'certificate-other-name'],
    ['tls', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate-untrusted'],
    ['tls', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'certificate-untrusted'],
    ['tls', 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'client-certificate'],
    ['tls', 'EPROTO', 'tls-failed'],
    ['proxy', 'ECONNREFUSED', 'proxy-failed'],
    ['unreachable', 'EWHATEVER', 'unreachable'],
    ['connect_timeout', 'UND_ERR_CONNECT_TIMEOUT', 'connect-timeout'],
    ['refused_address', 'ERR_REFUSED_ADDRESS', 'address-refused'],
    ['malformed', '', 'not-http'],
    ['tls', 'ERR_SOMETHING', 'tls-failed'],
  ])('%s with %s is %s', (problem, systemCode, code) => {
    const error = new TransportError(problem as TransportProblem, { sent: false, systemCode })
    expect(explainProblem(error, place)).toMatchObject({ status: 'failed', code })
  })

  it('depends on whether the request had left when time was up', () => {
    const late = (sent: boolean) => explainProblem(new TransportError('cancelled', { sent }), place)
    expect([late(false).code, late(true).code]).toEqual(['connect-timeout', 'no-answer'])
  })

  it('is told apart when TLS meets a server without it', async () => {
    const server = await startFakeUpstream({ kind: 'openai' })
    const transport = createUndiciTransport()
    const tlsUrl = new URL(server.url.replace('http:', 'https:'))
    const { verdict } = await checkReachable({ ...place, url: tlsUrl }, transport)
    expect(verdict).toMatchObject({ code: 'tls-failed', fix: expect.stringContaining('http://') })
    await transport.close()
    await server.close()
  })
})

describe('an address', () => {
  it('is looked up, unless a proxy does that', async () => {
    const at = (url: string, proxy: string | null = null) =>
      checkAddress({ ...place, url: new URL(url), proxy })
    expect(await at('http://localhost:5000')).toMatchObject({ code: 'address-found' })
    expect(await at('http://nowhere.invalid')).toMatchObject({ status: 'failed' })
    expect(await at('http://169.254.169.254')).toMatchObject({ code: 'address-refused' })
    expect(await at('https://nowhere.invalid', 'proxy:3128')).toMatchObject({
      code: 'address-proxied',
    })
  })

  it.each([
    [{}, null],
    [{ HTTPS_PROXY: 'http://user:s3cret@proxy:3128' }, 'proxy:3128'],
    [{ https_proxy: 'http://proxy:3128', NO_PROXY: 'other.com' }, 'proxy:3128'],
    [{ HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: 'a, .example.com' }, null],
    [{ HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: 'example.com' }, null],
    [{ HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: '.models.example.com' }, null],
    [{ HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: 'ample.com' }, 'proxy:3128'],
    [{ HTTPS_PROXY: 'http://proxy:3128', no_proxy: 'models.example.com:8443' }, null],
    [{ HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: 'models.example.com:443' }, 'proxy:3128'],
    [{ HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: '*' }, null],
  ])('goes through the proxy of %j: %s', (env, proxy) => {
    expect(proxyFor(place.url, readEgressProxy(env))).toBe(proxy)
    expect(proxyFor(new URL('http://models.example.com'), readEgressProxy(env))).toBeNull()
  })
})
