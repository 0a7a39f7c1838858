import type { FakeUpstreamOptions } from '@keeptrusts/testing'
import { answerWith } from '@keeptrusts/testing'
import { afterEach, describe, expect, it } from 'vitest'
import type { Examined } from '../fixtures/diagnose.ts'
import { diagnose, hostRefusal, trackingServer, withRoutes } from '../fixtures/diagnose.ts'
import { callsTo, endAll, startUpstream, yamlFor } from '../fixtures/test-gateway.ts'
import type { DoctorOptions } from './run-doctor.ts'

afterEach(endAll)

interface Setting {
  readonly path?: string
  readonly target?: string
  readonly provider?: string
  readonly options?: Partial<DoctorOptions>
}

async function examine(
  fake: FakeUpstreamOptions,
  { path = '/v1', target = '', provider, options }: Setting = {},
): Promise<Examined & { readonly url: string; readonly posts: readonly { path: string }[] }> {
  const upstream = await startUpstream(fake)
  const yaml = yamlFor({ baseUrl: `${upstream.url}${path}`, target })
  const text = provider ? yaml.replace('openai:chat', provider) : yaml
  const examined = await diagnose(text, options)
  return { ...examined, url: upstream.url, posts: callsTo(upstream) }
}

const tracking = { kind: 'openai', script: withRoutes(trackingServer) } as const
const agent = { kind: 'mlflow-agent' } as const

describe('which server answers', () => {
  it.each([
    [{ kind: 'mlflow-scoring' }, 'scoring', '3.17.2', '/invocations'],
    [{ kind: 'mlflow-gateway' }, 'gateway', null, '/v1/chat/completions'],
    [tracking, 'tracking', '3.17.2', '/gateway/mlflow/v1/chat/completions'],
    [agent, 'agent', '3.17.2', '/invocations'],
    [{ kind: 'openai' }, 'unknown', null, '/v1/chat/completions'],
  ] as const)(
    'is told for %j as %s, and it is asked where calls go',
    async (fake, kind, version, path) => {
      const { targets, of, posts, url } = await examine(fake)
      expect(targets).toMatchObject([{ kind, mlflow_version: version, url: url + path }])
      expect(of('server')).toMatchObject({ status: 'ok' })
      expect(of('request')).toMatchObject({ status: 'ok', code: 'path-right' })
      expect(posts).toMatchObject([{ path, body: '' }])
    },
  )

  it('is compared with the kind that provider names', async () => {
    const { of } = await examine(agent, { path: '', provider: 'mlflow:chat' })
    expect(of('server')).toMatchObject({
      status: 'failed',
      code: 'kind-mismatch',
      fix: expect.stringContaining('openai:chat:my-chat-model or mlflow:responses:my-chat-model'),
    })
    const same = await examine(agent, { path: '', provider: 'mlflow:responses' })
    expect(same.of('server')).toMatchObject({ status: 'ok', code: 'server-found' })
    const unknown = await examine({ kind: 'openai' }, { path: '', provider: 'mlflow:gateway' })
    expect(unknown.of('server')?.message).toContain('mlflow:gateway is believed')
  })

  it('takes no token when it is a scoring server', async () => {
    const target = 'secret_key_ref: {env: MLFLOW_TRACKING_TOKEN}'
    const { of } = await examine({ kind: 'mlflow-scoring' }, { target })
    expect(of('token')).toMatchObject({ status: 'warning', code: 'token-missing' })
    expect(of('model')).toMatchObject({ status: 'ok', code: 'one-model' })
  })
})

describe('the request without a body', () => {
  it.each([
    ['mlflow-gateway', '/openai', '/v1'],
    ['openai', '/api', '/v1'],
    ['mlflow-scoring', '/models/1', ''],
  ] as const)('finds the wrong path in front of %s', async (kind, path, right) => {
    const { of, url } = await examine({ kind }, { path })
    expect(of('request')).toMatchObject({
      status: 'failed',
      code: 'wrong-path',
      fix: `Write base_url: ${url}${right} in providers.targets[0] (policy-config.yaml:5).`,
    })
    expect(of('model')).toMatchObject({ status: 'skipped' })
  })

  it('finds a host name that mlflow server was not told', async () => {
    const routes = { ...trackingServer, 'POST /gateway/mlflow/v1/chat/completions': hostRefusal }
    const { of, url } = await examine({ kind: 'openai', script: withRoutes(routes) })
    const { host } = new URL(url)
    expect(of('reach')).toMatchObject({ status: 'ok' })
    expect(of('request')).toMatchObject({ status: 'failed', code: 'host-refused' })
    expect(of('request')?.fix).toContain(`--allowed-hosts ${host},`)
  })

  it.each([
    [
      302,
      'https://models.example.com/api/chat/completions?code=s3cret',
      'https://models.example.com/api',
    ],
    [307, '/elsewhere/chat/completions', '/elsewhere'],
  ])('says where a redirect leads (%i)', async (status, location, base) => {
    const script = answerWith({ status, headers: { location }, body: '' })
    const { of } = await examine({ kind: 'openai', script })
    expect(of('request')).toMatchObject({ status: 'failed', code: 'redirected' })
    expect(of('request')?.fix).toContain(`${base} in providers.targets[0]`)
    expect(JSON.stringify(of('request'))).not.toContain('s3cret')
  })

  it.each([
    [200, 'text/html; charset=utf-8', 'not-a-model-server', 'failed'],
    [404, 'text/html', 'not-a-model-server', 'failed'],
    [403, 'text/html', 'token-refused', 'failed'],
    [429, 'application/json', 'rate-limited', 'warning'],
    [500, 'text/plain', 'server-failed', 'warning'],
    [503, 'text/html', 'server-failed', 'failed'],
    [415, 'text/plain', 'path-right', 'ok'],
    [200, 'application/json', 'unexpected-answer', 'warning'],
  ])('understands a %i of %s as %s', async (status, type, code, verdict) => {
    const body = '<html>canary-of-the-server</html>'
    const { of, findings } = await examine({
      kind: 'openai',
      script: answerWith({ status, type, body }),
    })
    expect(of('request')).toMatchObject({ code, status: verdict })
    expect(JSON.stringify(findings)).not.toContain('canary-of-the-server')
  })

  it('takes the bare 500 of some releases of mlflow gateway start for what it is', async () => {
    const script = answerWith({ status: 500, type: 'text/plain', body: 'Internal Server Error' })
    const { of } = await examine({ kind: 'mlflow-gateway', script })
    expect(of('request')).toMatchObject({ status: 'ok', code: 'path-right' })
  })

  it('says that user name and password are wanted, and which were refused', async () => {
    const script = answerWith({
      status: 401,
      headers: { 'www-authenticate': 'Basic realm="mlflow"' },
      body: '',
    })
    const bearer = await examine(
      { kind: 'openai', script },
      { target: 'secret_key_ref: {env: T}', options: { env: { T: 's3cret' } } },
    )
    expect(bearer.of('request')?.fix).toContain('Write auth: {type: basic} in')
    const env = { MLFLOW_TRACKING_USERNAME: 'ada', MLFLOW_TRACKING_PASSWORD: 's3cret' }
    const basic = await examine(
      { kind: 'openai', script },
      { target: 'auth: {type: basic}', options: { env } },
    )
    expect(basic.of('request')?.message).toContain('sent as Basic')
    expect(basic.of('request')?.fix).toContain(
      'Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD to',
    )
    expect(JSON.stringify([bearer.findings, basic.findings])).not.toMatch(/s3cret|YWRh/)
  })

  it('does not wait for a server that never answers', async () => {
    const { of } = await examine({ kind: 'openai', script: () => new Promise<void>(() => {}) })
    expect(of('reach')).toMatchObject({ status: 'warning', code: 'no-answer' })
    expect(of('server')).toMatchObject({ status: 'skipped' })
    expect(of('request')).toMatchObject({ status: 'failed', code: 'no-answer' })
  })
})

describe('with --call', () => {
  const options = { call: true }

  it.each(['openai', 'mlflow-gateway'] as const)('%s answers, plain and streamed', async (kind) => {
    const { of, posts } = await examine({ kind }, { options })
    expect(of('call')).toMatchObject({ status: 'ok', code: 'call-answered' })
    expect(of('stream')).toMatchObject({ status: 'ok', code: 'stream-answered' })
    const [, plain, streamed] = posts.map((post) =>
      JSON.parse((post as never as { body: string }).body || '{}'),
    )
    expect(plain).toMatchObject({ max_tokens: 1, messages: [{ role: 'user', content: 'ping' }] })
    expect(streamed).toMatchObject({ stream: true })
  })

  it('a scoring server gets its stream made from the whole answer', async () => {
    const { of } = await examine({ kind: 'mlflow-scoring' }, { options })
    expect(of('call')).toMatchObject({ status: 'ok' })
    expect(of('stream')).toMatchObject({ status: 'ok', code: 'stream-made' })
  })

  it('a model that refuses every form is told', async () => {
    const { of } = await examine({ kind: 'mlflow-scoring', strictKeys: ['rows'] }, { options })
    expect(of('call')).toMatchObject({ status: 'failed', code: 'call-rejected' })
    expect(of('call')?.fix).toContain('mlflow: {input: inputs}')
  })

  it('what is no chat answer is told', async () => {
    const script = answerWith({ body: '{"pong":true}' })
    const { of } = await examine({ kind: 'openai', script }, { options })
    expect(of('call')).toMatchObject({ status: 'failed', code: 'not-an-answer' })
  })
})

it('says who is asked for a model that several targets serve, and examines each', async () => {
  const [first, second] = [
    await startUpstream({ kind: 'openai' }),
    await startUpstream({ kind: 'mlflow-scoring' }),
  ]
  const yaml = yamlFor({ baseUrl: `${first.url}/v1` }).replace(
    'policies:',
    `    - {id: spare, provider: "mlflow:chat:my-chat-model", base_url: "${second.url}"}\npolicies:`,
  )
  const examined = await diagnose(yaml)
  expect(examined.of('models', 'configuration')?.message).toBe(
    'Clients can ask for my-chat-model (mlflow-chat, then spare), mlflow-chat or spare.',
  )
  for (const id of ['mlflow-chat', 'spare']) expect(examined.of('request', id)?.status).toBe('ok')
  const single = await diagnose(yaml.replace('  targets:', '  strategy: single\n  targets:'))
  expect(single.of('models', 'configuration')?.message).toContain('(only mlflow-chat)')
})
