import { closedPort, createCertificateAuthority, startTokenServer } from '@keeptrusts/testing'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { diagnose } from '../fixtures/diagnose.ts'
import { createPemFolder } from '../fixtures/pem-files.ts'
import { endAll, startUpstream, yamlFor } from '../fixtures/test-gateway.ts'

afterEach(endAll)
afterAll(() => pem.remove())

const pem = createPemFolder()
const authority = createCertificateAuthority()
const ca = pem.write('ca.pem', authority.cert)
const server = authority.issue()

describe('doctor, in the network of a company', () => {
  it('tells a certificate that is not trusted, and is content once its authority is named', async () => {
    const { url } = await startUpstream({ kind: 'mlflow-gateway', tls: server })
    const untrusted = await diagnose(yamlFor({ baseUrl: `${url}/v1` }))
    expect(untrusted.of('reach')).toMatchObject({
      status: 'failed',
      code: 'certificate-untrusted',
      fix: expect.stringContaining('tls.ca_file of providers.targets[0]'),
    })
    const target = `tls: {ca_file: ${ca}}`
    const trusted = await diagnose(yamlFor({ baseUrl: `${url}/v1`, target }))
    expect(trusted.targets).toMatchObject([{ kind: 'gateway' }])
    for (const check of ['reach', 'request', 'model'])
      expect(trusted.of(check)).toMatchObject({ status: 'ok' })
  })

  it('does not complain of a proxy that the gateway would not use', async () => {
    const { url } = await startUpstream({ kind: 'openai' })
    const env = { HTTPS_PROXY: 'socks5://proxy' }
    const { findings } = await diagnose(yamlFor({ baseUrl: `${url}/v1` }), { env })
    expect(findings.map(({ code }) => code)).not.toContain('proxy-invalid')
  })

  it('finds what would keep a gateway from starting: a missing file, and a proxy that is none', async () => {
    const { url } = await startUpstream({ kind: 'openai' })
    const baseUrl = url.replace('http:', 'https:')
    const yaml = yamlFor({
      baseUrl,
      target: 'tls: {ca_file: nowhere.pem}',
      more: `callbacks: [{type: mlflow, tracking_uri: "${baseUrl}", tls: {ca_file: gone.pem}}]`,
    })
    const { of } = await diagnose(yaml, { env: { HTTPS_PROXY: 'socks5://user:s3cret@proxy' } })
    expect(of('certificate')).toMatchObject({
      status: 'failed',
      code: 'tls-file-invalid',
      message: expect.stringContaining('nowhere.pem'),
    })
    expect(of('certificate', 'callbacks[0]')).toMatchObject({ code: 'tls-file-invalid' })
    expect(of('proxy', 'this machine')).toMatchObject({ status: 'failed', code: 'proxy-invalid' })
    expect(JSON.stringify(of('proxy', 'this machine'))).not.toContain('s3cret')
  })

  it('says that it is the proxy that cannot be reached', async () => {
    const env = { HTTPS_PROXY: (await closedPort()).url }
    const { of } = await diagnose(yamlFor({ baseUrl: 'https://models.test' }), { env })
    expect(of('address')).toMatchObject({ code: 'address-proxied' })
    expect(of('reach')).toMatchObject({ status: 'failed', code: 'proxy-failed' })
  })

  it('tells a client that the token server refuses from a model server that refuses a token', async () => {
    const upstream = await startUpstream({ kind: 'openai', token: 'other' })
    const tokens = await startTokenServer({ clientId: 'id', clientSecret: 'right' })
    const target = `auth: {type: oauth_m2m, token_url: "${tokens.url}/token", client_id_ref: {env: ID}, client_secret_ref: {env: SECRET}}`
    const yaml = yamlFor({ baseUrl: `${upstream.url}/v1`, target })
    const wrong = await diagnose(yaml, { env: { ID: 'id', SECRET: 'wrong' } })
    expect(wrong.of('request')).toMatchObject({ status: 'failed', code: 'token-not-fetched' })
    const right = await diagnose(yaml, { env: { ID: 'id', SECRET: 'right' } })
    expect(right.of('request')).toMatchObject({ status: 'failed', code: 'token-refused' })
    await tokens.close()
  })
})
