import type { FakeUpstreamOptions } from '@keeptrusts/testing'
import { answerWith, workspaceToken } from '@keeptrusts/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { failureOf } from './fixtures/failure-of.ts'
import type { TestGatewayOptions, YamlOptions } from './fixtures/test-gateway.ts'
import {
  bare,
  callsTo,
  chatBody,
  endAll,
  post,
  startTestGateway,
  startUpstream,
  unrecorded,
  yamlFor,
} from './fixtures/test-gateway.ts'

afterEach(endAll)

const kind = 'databricks'
const target = 'secret_key_ref: {env: DATABRICKS_TOKEN}'
const env = { DATABRICKS_TOKEN: 'dapi-pat' }

async function startEndpoint(
  fake: Partial<FakeUpstreamOptions>,
  { provider = 'openai:chat', yaml = unrecorded, ...options }: EndpointOptions = {},
) {
  const upstream = await startUpstream({ kind, ...fake })
  const text = yamlFor({ baseUrl: `${upstream.url}/serving-endpoints`, ...yaml })
  const gateway = await startTestGateway(text.replace('openai:chat', provider), options)
  return { upstream, gateway }
}

interface EndpointOptions extends TestGatewayOptions {
  readonly provider?: string
  readonly yaml?: Partial<YamlOptions>
}

describe('a Databricks serving endpoint', () => {
  it.each(['openai:chat', 'databricks:chat'])(
    'is called below /serving-endpoints as %s, with its token',
    async (provider) => {
      const options = { provider, env, yaml: { ...unrecorded, target } }
      const { upstream, gateway } = await startEndpoint({ token: 'dapi-pat' }, options)
      const init = { headers: { authorization: 'Bearer of-the-client' } }
      for (const stream of [false, true]) {
        const body = chatBody('Mail ann@example.com', { stream })
        expect((await post(gateway.base, body, init)).status).toBe(200)
      }
      for (const { path, headers, body } of callsTo(upstream)) {
        expect(path).toBe('/serving-endpoints/chat/completions')
        expect(headers.authorization).toBe('Bearer dapi-pat')
        expect(body).toContain('Mail [EMAIL_REDACTED]')
      }
      const probes = upstream.requests.filter(({ method }) => method === 'GET')
      expect(probes.length > 0).toBe(provider === 'openai:chat')
    },
  )

  it('gets no call without its token', async () => {
    const options = { provider: 'databricks:chat', yaml: { ...unrecorded, target } }
    const { upstream, gateway } = await startEndpoint({}, options)
    const { status, error } = await failureOf(await post(gateway.base, chatBody('x')))
    expect({ status, code: error.code }).toEqual({ status: 401, code: 'target_token_missing' })
    expect(error.message).toContain('Set DATABRICKS_TOKEN and restart the gateway.')
    expect(upstream.requests).toEqual([])
  })

  it('is called with a token of the workspace for a service principal', async () => {
    const options = {
      provider: 'databricks:chat',
      yaml: { ...unrecorded, target: 'auth: {type: oauth_m2m}' },
      env: { DATABRICKS_CLIENT_ID: 'id', DATABRICKS_CLIENT_SECRET: 'secret' },
    }
    const { upstream, gateway } = await startEndpoint({ servicePrincipal: 'id:secret' }, options)
    for (const stream of [false, true])
      expect((await post(gateway.base, chatBody('x', { stream }))).status).toBe(200)
    const calls = callsTo(upstream).map(({ path, headers }) => [path, headers.authorization])
    const basic = `Basic ${Buffer.from('id:secret').toString('base64')}`
    const chat = ['/serving-endpoints/chat/completions', `Bearer ${workspaceToken}`]
    expect(calls).toEqual([['/oidc/v1/token', basic], chat, chat])
  })

  it('of a reasoning model has its lists of parts redacted like texts, plain and in pieces', async () => {
    const answer = () => 'Ask ann@example.com or 😀bob@example.org'
    const options = { arrayContent: true, answer, chunkLength: 3 } as const
    for (const yaml of [unrecorded, bare]) {
      const { gateway } = await startEndpoint(options, { yaml })
      const plain = await (await post(gateway.base, chatBody('x'))).json()
      const stream = await (await post(gateway.base, chatBody('x', { stream: true }))).text()
      const texts = [...stream.matchAll(/^data: (\{.*)$/gm)].flatMap(([, data]) => {
        const [choice] = JSON.parse(data!).choices as { delta: { content?: unknown } }[]
        return Array.isArray(choice?.delta.content)
          ? choice.delta.content.map(({ text }) => text)
          : []
      })
      const said = yaml === bare ? answer() : 'Ask [EMAIL_REDACTED] or 😀[EMAIL_REDACTED]'
      expect(texts.join('')).toBe(said)
      expect(plain).toMatchObject({
        choices: [
          {
            message: {
              content: [
                { type: 'reasoning', summary: [{ text: `The question is about: ${said}` }] },
                { type: 'text', text: said },
              ],
            },
          },
        ],
      })
    }
  })

  it.each([
    [401, 'UNAUTHENTICATED', 401, 'upstream_auth_failed'],
    [403, 'PERMISSION_DENIED', 401, 'upstream_auth_failed'],
    [404, 'RESOURCE_DOES_NOT_EXIST', 404, 'model_not_found'],
    [404, 'ENDPOINT_NOT_FOUND', 404, 'model_not_found'],
    [400, 'INVALID_PARAMETER_VALUE', 400, 'upstream_rejected'],
    [429, 'REQUEST_LIMIT_EXCEEDED', 429, 'upstream_rate_limited'],
    [503, 'TEMPORARILY_UNAVAILABLE', 502, 'upstream_error'],
    [500, 'INTERNAL_ERROR', 502, 'upstream_error'],
  ])('that answers %i %s gives %i %s', async (upstreamStatus, error_code, status, code) => {
    const body = JSON.stringify({ error_code, message: `${error_code}: CANARY` })
    const script = answerWith({ status: upstreamStatus, type: 'application/json', body })
    const { gateway } = await startEndpoint({ script })
    const failure = await failureOf(await post(gateway.base, chatBody('x')))
    expect(failure).toMatchObject({ status, error: { code } })
    expect(failure.error.message).not.toContain('CANARY')
  })

  it('that limits the rate says when to come back, or how long such limits last', async () => {
    const body = JSON.stringify({ error_code: 'REQUEST_LIMIT_EXCEEDED', message: 'x' })
    const answer = { status: 429, type: 'application/json', body }
    const told = await startEndpoint({
      script: answerWith({ ...answer, headers: { 'retry-after': '17' } }),
    })
    const first = await failureOf(await post(told.gateway.base, chatBody('x')))
    expect(first.headers.get('retry-after')).toBe('17')
    const untold = await startEndpoint({ script: answerWith(answer) })
    const second = await failureOf(await post(untold.gateway.base, chatBody('x')))
    expect(second.headers.get('retry-after')).toBe('1')
    expect(second.error.message).toContain('until its window ends')
  })

  it('whose guardrail refuses the call gives its categories, and nothing of the report', async () => {
    const report = {
      usage: { prompt_tokens: 0, total_tokens: 0 },
      input_guardrail: [
        {
          flagged: true,
          categories: { 'violent-crimes': true, hate: false, CANARY: true },
          pii_detection: true,
          anonymized_input: [{ role: 'user', content: 'CANARY' }],
        },
      ],
      finishReason: 'input_guardrail_triggered',
    }
    const bodies = [{ error_code: 'BAD_REQUEST', message: JSON.stringify(report) }, report]
    for (const body of bodies) {
      const script = answerWith({
        status: 400,
        type: 'application/json',
        body: JSON.stringify(body),
      })
      const { gateway } = await startEndpoint({ script })
      const failure = await failureOf(await post(gateway.base, chatBody('x')))
      expect(failure).toMatchObject({ status: 400, error: { code: 'upstream_guardrail' } })
      expect(failure.error.message).toMatch(/refused the call \(violent-crimes, pii\)/)
      expect(failure.error.message).not.toContain('CANARY')
    }
  })
})
