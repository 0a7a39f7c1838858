import type { FakeUpstreamOptions } from '@keeptrusts/testing'
import { createCertificateAuthority, startTokenServer } from '@keeptrusts/testing'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { failureOf } from './fixtures/failure-of.ts'
import { createPemFolder } from './fixtures/pem-files.ts'
import {
  bare,
  callsTo,
  chatBody,
  endAll,
  post,
  startPair,
  startTestGateway,
  startUpstream,
  yamlFor,
} from './fixtures/test-gateway.ts'

afterEach(endAll)
afterAll(() => pem.remove())

const pem = createPemFolder()
const authority = createCertificateAuthority({ name: 'Our authority' })
const other = createCertificateAuthority({ name: 'Another authority' })
const client = authority.issue({ name: 'gateway' })
const server = authority.issue()
const ca = pem.write('ca.pem', authority.cert)
const otherCa = pem.write('other-ca.pem', other.cert)
const certFile = pem.write('client.pem', client.cert)
const keyFile = pem.write('client-key.pem', client.key)

const hello = chatBody('Hello')
const line = /providers\.targets\[0\] \([^)]*:\d+\)/

async function failing(fake: Partial<FakeUpstreamOptions>, target: string, baseUrl?: string) {
  const yaml = { ...bare, target, ...(baseUrl && { baseUrl }) }
  const { gateway, upstream } = await startPair({ kind: 'openai', ...fake }, { yaml })
  const { status, error } = await failureOf(await post(gateway.base, hello))
  expect([status, error.code]).toEqual([502, 'upstream_unreachable'])
  expect(callsTo(upstream)).toHaveLength(0)
  return { message: error.message, gateway }
}

describe('a model server with a private certificate', () => {
  it('is called when ca_file names its authority, and the probe finds out its kind', async () => {
    const fake = { kind: 'mlflow-scoring', tls: server } as const
    const yaml = { ...bare, target: `tls: {ca_file: ${ca}}` }
    const { gateway, upstream } = await startPair(fake, { yaml })
    expect((await post(gateway.base, hello)).status).toBe(200)
    await expect
      .poll(
        async () =>
          (await post(gateway.base, hello)).status === 200 && callsTo(upstream).at(-1)?.path,
      )
      .toBe('/invocations')
    expect(gateway.lines.join()).toContain('"kind":"scoring"')
  })

  it('is refused without ca_file, with what to write and where', async () => {
    const { message, gateway } = await failing({ tls: server }, '')
    expect(message).toContain('of target "mlflow-chat" comes from an authority that is not trusted')
    expect(message).toMatch(
      /\((UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT_LOCALLY)\)/,
    )
    expect(message).toMatch(new RegExp(`tls\\.ca_file of ${line.source}`))
    expect(gateway.lines.join()).toContain('"system_code":"UNABLE_TO_')
  })

  it('is refused when it comes from another authority than that of ca_file', async () => {
    const { message } = await failing({ tls: server }, `tls: {ca_file: ${otherCa}}`)
    expect(message).toContain('does not come from the authorities in tls.ca_file')
    expect(message).not.toContain(otherCa)
  })

  it('is refused under another name', async () => {
    const tls = authority.issue({ hosts: ['models.test'] })
    const { message } = await failing({ tls }, `tls: {ca_file: ${ca}}`)
    expect(message).toContain('is for other names than 127.0.0.1 (ERR_TLS_CERT_ALTNAME_INVALID)')
    expect(message).toMatch(new RegExp(`in base_url of ${line.source}`))
  })

  it('is refused after its end', async () => {
    const to = new Date(Date.now() - 60_000)
    const { message } = await failing({ tls: authority.issue({ to }) }, `tls: {ca_file: ${ca}}`)
    expect(message).toContain('has expired (CERT_HAS_EXPIRED)')
  })

  it('may have another authority than the next target', async () => {
    const [one, two] = await Promise.all([
      startUpstream({ kind: 'openai', model: 'one', tls: server }),
      startUpstream({ kind: 'openai', model: 'two', tls: other.issue() }),
    ])
    const target = (id: string, url: string, file: string) =>
      `    - {id: ${id}, provider: "openai:chat:${id}", base_url: "${url}/v1", tls: {ca_file: ${file}}}`
    const gateway = await startTestGateway(
      [
        'pack: {name: test, version: 1.0.0, enabled: true}',
        'providers:\n  targets:',
        target('one', one.url, ca),
        target('two', two.url, otherCa),
        target('wrong', one.url, otherCa),
        'policies: {chain: []}',
      ].join('\n'),
    )
    const ask = async (model: string) =>
      (await post(gateway.base, chatBody('Hello', { model }))).status
    expect([await ask('one'), await ask('two'), await ask('wrong'), await ask('one')]).toEqual([
      200, 200, 502, 200,
    ])
    expect([callsTo(one).length, callsTo(two).length]).toEqual([2, 1])
  })
})

describe('a model server that asks for a client certificate', () => {
  const tls = { ...server, clientCa: authority.cert }

  it('lets the gateway in with cert_file and key_file', async () => {
    const files = `tls: {ca_file: ${ca}, cert_file: ${certFile}, key_file: ${keyFile}}`
    const yaml = { ...bare, target: files }
    const { gateway } = await startPair({ kind: 'openai', tls }, { yaml })
    expect((await post(gateway.base, hello)).status).toBe(200)
  })

  it('is explained when there is none', async () => {
    const { message } = await failing({ tls }, `tls: {ca_file: ${ca}}`)
    expect(message).toContain('it probably asks for a client certificate')
    expect(message).toMatch(new RegExp(`Add tls\\.cert_file and tls\\.key_file to ${line.source}`))
  })
})

describe('TLS on one side only', () => {
  it('is explained when base_url says https and the server speaks plain HTTP', async () => {
    const plain = await startUpstream({ kind: 'openai' })
    const { message } = await failing({}, '', `${plain.url.replace('http:', 'https:')}/v1`)
    expect(message).toMatch(/does not speak TLS at this port \(ERR_SSL_\w+\)/)
    expect(message).toMatch(new RegExp(`Write http:// in base_url of ${line.source}`))
  })

  it('is explained when base_url says http and the server expects TLS', async () => {
    const secured = await startUpstream({ kind: 'openai', tls: server })
    const { message } = await failing({}, '', `${secured.url.replace('https:', 'http:')}/v1`)
    expect(message).toMatch(new RegExp(`https:// in base_url of ${line.source}`))
  })
})

describe('certificates at the start', () => {
  const yaml = (target: string) => yamlFor({ baseUrl: 'https://127.0.0.1:9/v1', target })

  it('refuse it when a file is missing', async () => {
    const starting = startTestGateway(yaml('tls: {ca_file: nowhere.pem}'))
    await expect(starting).rejects.toMatchObject({
      code: 'tls-file-invalid',
      message: expect.stringMatching(/tls\.ca_file \(.*:\d+\), nowhere\.pem: the file does not/),
    })
  })

  it('are a warning when they soon end', async () => {
    const soon = createCertificateAuthority({ to: new Date(Date.now() + 86_400_000) })
    const gateway = await startTestGateway(
      yaml(`tls: {ca_file: ${pem.write('soon.pem', soon.cert)}}`),
    )
    expect(gateway.warnings.join()).toContain('a certificate in this file expires on')
  })
})

describe('a token server', () => {
  it('is called with the certificates of the target', async () => {
    const credentials = { clientId: 'id', clientSecret: 'secret' }
    const tokens = await startTokenServer({ ...credentials, tls: server })
    const auth = `auth: {type: oauth_m2m, token_url: "${tokens.tokenUrl}"}`
    const env = { DATABRICKS_CLIENT_ID: 'id', DATABRICKS_CLIENT_SECRET: 'secret' }
    const start = (tls: string) =>
      startPair(
        { kind: 'openai', token: 'token-1', tls: server },
        { env, yaml: { ...bare, target: `${auth}\n      ${tls}` } },
      )
    const trusting = await start(`tls: {ca_file: ${ca}}`)
    expect((await post(trusting.gateway.base, hello)).status).toBe(200)
    const { error } = await failureOf(await post((await start('')).gateway.base, hello))
    expect(error.message).toContain('The certificate of the token server 127.0.0.1:')
    expect(error.message).toMatch(new RegExp(`tls\\.ca_file of ${line.source}`))
    await tokens.close()
  })
})
