import type { ConnectProxyOptions } from '@keeptrusts/testing'
import {
  closedPort,
  createCertificateAuthority,
  faults,
  startConnectProxy,
  startTokenServer,
} from '@keeptrusts/testing'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { failureOf } from './fixtures/failure-of.ts'
import { createPemFolder } from './fixtures/pem-files.ts'
import type { TestGatewayOptions } from './fixtures/test-gateway.ts'
import {
  callsTo,
  chatBody,
  endAll,
  noPolicies,
  post,
  startTestGateway,
  startUpstream,
  yamlFor,
} from './fixtures/test-gateway.ts'

const endings: (() => Promise<void>)[] = []
afterEach(async () => {
  await endAll()
  for (const end of endings.splice(0)) await end()
})

const authority = createCertificateAuthority()
const pem = createPemFolder()
afterAll(() => pem.remove())
const ca = pem.write('ca.pem', authority.cert)
const server = authority.issue({ hosts: ['models.test', 'login.test'] })
const hello = chatBody('Hello')

async function startProxy(options: ConnectProxyOptions = {}) {
  const proxy = await startConnectProxy(options)
  endings.push(() => proxy.close())
  return proxy
}

/** An https server that only the proxy can find: `models.test` exists nowhere else. */
async function startBehind(options: ConnectProxyOptions = {}, script = faultless) {
  const upstream = await startUpstream({ kind: 'openai', tls: server, script })
  const proxy = await startProxy({ leadsTo: upstream.port, ...options })
  return { upstream, proxy }
}

const faultless: ReturnType<typeof faults.hangBeforeHeaders> = (_request, _response, next) => next()

function startGateway(
  HTTPS_PROXY: string,
  { env, target = '', ...options }: TestGatewayOptions & { readonly target?: string } = {},
) {
  const tls = `tls: {ca_file: ${ca}}${target && `\n      ${target}`}`
  const yaml = yamlFor({ ...noPolicies, baseUrl: 'https://models.test/v1', target: tls })
  return startTestGateway(yaml, { env: { HTTPS_PROXY, ...env }, ...options })
}

describe('the proxy of HTTPS_PROXY', () => {
  it('leads to https servers, with the certificates of the target and one tunnel for many calls', async () => {
    const { upstream, proxy } = await startBehind()
    const gateway = await startGateway(proxy.url)
    for (let call = 0; call < 3; call++) expect((await post(gateway.base, hello)).status).toBe(200)
    expect(callsTo(upstream)).toHaveLength(3)
    // One for the calls, and those of the probe, which has its own connect timeout.
    expect(new Set(proxy.asked)).toEqual(new Set(['models.test:443']))
    expect(proxy.asked.length).toBeLessThan(4)
    expect(callsTo(upstream)[0]?.headers).not.toHaveProperty('proxy-authorization')
  })

  it('streams', async () => {
    const { proxy } = await startBehind()
    const gateway = await startGateway(proxy.url)
    const response = await post(gateway.base, chatBody('Hello', { stream: true }))
    expect(await response.text()).toContain('[DONE]')
  })

  it('gets the user name and password of its address', async () => {
    const { upstream, proxy } = await startBehind({ credentials: 'us@er:p:ss' })
    const gateway = await startGateway(proxy.url.replace('//', '//us%40er:p%3Ass@'))
    expect((await post(gateway.base, hello)).status).toBe(200)
    expect(callsTo(upstream)).toHaveLength(1)
  })

  it('leads to token servers too', async () => {
    const tokens = await startTokenServer({ clientId: 'i', clientSecret: 's', tls: server })
    endings.push(() => tokens.close())
    const proxy = await startProxy({ leadsTo: tokens.port })
    const env = { DATABRICKS_CLIENT_ID: 'i', DATABRICKS_CLIENT_SECRET: 's' }
    const target = 'auth: {type: oauth_m2m, token_url: "https://login.test/token"}'
    const gateway = await startGateway(proxy.url, { env, target })
    await post(gateway.base, hello)
    expect(proxy.asked).toContain('login.test:443')
    expect(tokens.tokens).toEqual(['token-1'])
  })

  it('is not asked for http servers', async () => {
    const proxy = await startProxy()
    const upstream = await startUpstream({ kind: 'openai' })
    const yaml = yamlFor({ ...noPolicies, baseUrl: `${upstream.url}/v1` })
    const gateway = await startTestGateway(yaml, { env: { HTTPS_PROXY: proxy.url } })
    expect((await post(gateway.base, hello)).status).toBe(200)
    expect(proxy.asked).toEqual([])
  })

  it.each([
    ['localhost', true],
    ['other.test, localhost', true],
    ['LOCALHOST:PORT', true],
    ['*', true],
    ['a.test,*', true],
    ['localhost:1', false],
    ['ocalhost', false],
    ['other.test', false],
  ])('with NO_PROXY=%s', async (list, isBypassed) => {
    const upstream = await startUpstream({ kind: 'openai', tls: authority.issue() })
    const proxy = await startProxy({ leadsTo: upstream.port })
    const baseUrl = `https://localhost:${upstream.port}/v1`
    const yaml = yamlFor({ ...noPolicies, baseUrl, target: `tls: {ca_file: ${ca}}` })
    const NO_PROXY = list.replace('PORT', String(upstream.port))
    const gateway = await startTestGateway(yaml, { env: { https_proxy: proxy.url, NO_PROXY } })
    expect((await post(gateway.base, hello)).status).toBe(200)
    expect(proxy.asked.length === 0).toBe(isBypassed)
  })

  it('with a domain in NO_PROXY leaves out its subdomains', async () => {
    const { proxy } = await startBehind()
    const gateway = await startGateway(proxy.url, { env: { no_proxy: '.test' } })
    const { error } = await failureOf(await post(gateway.base, hello))
    expect(error.message).toContain('The model server of target "mlflow-chat" cannot be reached.')
    expect(proxy.asked).toEqual([])
  })

  it.each([
    [{ credentials: 'a:b' }, 'asks for a user name and password', 'http://user:password@'],
    [
      { refuse: 403 },
      'refused to connect to the model server of target "mlflow-chat" at models.test (status 403)',
      'Have models.test allowed',
    ],
    [{ refuse: 502 }, 'refused to connect', 'Check that the proxy can reach models.test'],
  ])('is named when it answers %j', async (options, message, fix) => {
    const { upstream, proxy } = await startBehind(options)
    const gateway = await startGateway(proxy.url.replace('//', '//someone:pa55word@'))
    const response = await post(gateway.base, hello)
    const { status, error } = await failureOf(response)
    expect([status, error.code]).toEqual([502, 'upstream_unreachable'])
    expect(error.message).toContain(`The proxy of HTTPS_PROXY, 127.0.0.1:${proxy.port}, ${message}`)
    expect(error.message).toContain(fix)
    expect(callsTo(upstream)).toHaveLength(0)
    const all = error.message + gateway.lines.join() + JSON.stringify(gateway.records())
    expect(all).not.toContain('pa55word')
  })

  it('is named when it is down', async () => {
    const { port } = await closedPort()
    const gateway = await startGateway(`http://127.0.0.1:${port}`)
    const { status, error } = await failureOf(await post(gateway.base, hello))
    expect([status, error.code]).toEqual([502, 'upstream_unreachable'])
    expect(error.message).toContain(
      `The proxy of HTTPS_PROXY, 127.0.0.1:${port}, cannot be reached (ECONNREFUSED).`,
    )
  })

  it('is named when it does not answer in time', async () => {
    const { proxy } = await startBehind({ refuse: 'hang' })
    const gateway = await startGateway(proxy.url, { target: 'timeouts: {connect_ms: 100}' })
    const { error } = await failureOf(await post(gateway.base, hello))
    expect(error.message).toContain(
      `The proxy of HTTPS_PROXY, 127.0.0.1:${proxy.port}, did not answer in time.`,
    )
  })

  it('does not hide what is wrong with the certificate behind it', async () => {
    const upstream = await startUpstream({ kind: 'openai', tls: authority.issue() })
    const proxy = await startProxy({ leadsTo: upstream.port })
    const gateway = await startGateway(proxy.url)
    const { error } = await failureOf(await post(gateway.base, hello))
    expect(error.message).toContain('is for other names than models.test')
  })

  it('closes the tunnel of a call that hangs, in time or when its client leaves', async () => {
    const { upstream, proxy } = await startBehind({}, faults.hangBeforeHeaders())
    const target = 'timeouts: {connect_ms: 3000, first_byte_ms: 100}'
    const slow = await startGateway(proxy.url, { target })
    const { status } = await failureOf(await post(slow.base, hello))
    expect(status).toBe(504)
    await expect.poll(() => callsTo(upstream).map(({ aborted }) => aborted)).toEqual([true])
    const patient = await startGateway(proxy.url)
    const controller = new AbortController()
    const call = post(patient.base, hello, { signal: controller.signal }).catch(() => null)
    await expect.poll(() => callsTo(upstream).length).toBe(2)
    controller.abort()
    await call
    await expect.poll(() => callsTo(upstream).map(({ aborted }) => aborted)).toEqual([true, true])
  })
})

describe('an HTTPS_PROXY that cannot be used', () => {
  it('refuses the start', async () => {
    await expect(startGateway('socks5://127.0.0.1:1080')).rejects.toMatchObject({
      code: 'proxy-invalid',
    })
  })

  it('is no matter when no server has https', async () => {
    const yaml = yamlFor({ baseUrl: 'http://127.0.0.1:9/v1' })
    const env = { HTTPS_PROXY: 'socks5://127.0.0.1:1080' }
    expect((await startTestGateway(yaml, { env })).warnings).toEqual([])
  })
})
