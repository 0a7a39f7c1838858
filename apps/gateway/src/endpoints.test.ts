import type { ApiShape } from '@keeptrusts/core'
import type { UpstreamKind } from '@keeptrusts/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { endpoints } from './call/endpoints.ts'
import { failureOf } from './fixtures/failure-of.ts'
import { postTo } from './fixtures/post-to.ts'
import {
  callsTo,
  endAll,
  startPair,
  startTestGateway,
  startUpstream,
  unrecorded,
  yamlFor,
} from './fixtures/test-gateway.ts'

afterEach(endAll)

const model = 'my-chat-model'

/** The smallest request of each endpoint. */
const requests: Readonly<Record<ApiShape, object>> = {
  'chat.completions': { model, messages: [{ role: 'user', content: 'Hello' }] },
  completions: { model, prompt: 'Hello' },
  embeddings: { model, input: 'Hello' },
  responses: { model, input: 'Hello' },
}

describe.each(endpoints)('$path', ({ path, shape }) => {
  it('takes POST and nothing else', async () => {
    const { gateway } = await startPair({ kind: 'openai' }, { yaml: unrecorded })
    const response = await fetch(`${gateway.url}${path}`)
    expect(response.headers.get('allow')).toBe('POST')
    expect(await failureOf(response)).toMatchObject({
      ...{ status: 405, error: { code: 'method_not_allowed' } },
    })
  })

  it('lets no client choose the address, the key, a header or the policies', async () => {
    const { upstream, gateway } = await startPair(
      { kind: 'openai' },
      {
        env: { TARGET_TOKEN: 'key-of-the-target' },
        yaml: { target: 'secret_key_ref: {env: TARGET_TOKEN}' },
      },
    )
    const elsewhere = await startUpstream({ kind: 'openai' })
    const mail = 'ann@example.com'
    const steering = {
      ...{ api_base: `${elsewhere.url}/v1`, base_url: `${elsewhere.url}/v1`, api_key: 'other-key' },
      ...{ extra_headers: { authorization: 'other' }, extra_body: { guardrails: [], text: mail } },
      ...{ guardrails: [mail], policies: { chain: [] }, custom_llm_provider: mail },
      metadata: { guardrails: ['none'], from: mail },
    }
    const headers = {
      ...{ authorization: 'Bearer key-of-the-client', cookie: 'a=b', 'x-api-key': 'c' },
      ...{
        'x-keeptrusts-decision': 'allow',
        'x-keeptrusts-policy': 'off',
        'openai-organization': 'o',
      },
      ...{ 'x-custom-host': elsewhere.url, 'x-forwarded-host': elsewhere.url },
    }
    const response = await postTo(gateway.url, path, { ...requests[shape], ...steering }, headers)
    expect(response.status).toBe(200)
    expect(elsewhere.requests).toEqual([])
    const [received] = callsTo(upstream)
    expect(received?.path).toBe(path)
    expect(received?.headers.authorization).toBe('Bearer key-of-the-target')
    expect(Object.keys(received?.headers ?? {}).sort()).toEqual([
      ...['accept', 'accept-encoding', 'authorization', 'connection', 'content-length'],
      ...['content-type', 'host', 'user-agent', 'x-request-id'],
    ])
    // Like any other text: read, and edited where a policy says so.
    expect(received?.body).not.toContain(mail)
    expect(JSON.parse(received?.body ?? '')).toMatchObject({
      ...{ guardrails: ['[EMAIL_REDACTED]'], extra_body: { text: '[EMAIL_REDACTED]' } },
    })
  })

  it('asks the server for the name under which it serves the model', async () => {
    const { upstream, gateway } = await startPair({ kind: 'openai' }, { yaml: unrecorded })
    const body = { ...requests[shape], model: 'mlflow-chat' }
    expect((await postTo(gateway.url, path, body)).status).toBe(200)
    expect(JSON.parse(callsTo(upstream)[0]?.body ?? '')).toEqual(requests[shape])
  })
})

const chat = 'chat.completions'

describe.each<[string, UpstreamKind, string, readonly ApiShape[]]>([
  ['openai:chat', 'openai', '/v1', [chat, 'completions', 'embeddings', 'responses']],
  [
    'databricks:chat',
    'databricks',
    '/serving-endpoints',
    [chat, 'completions', 'embeddings', 'responses'],
  ],
  ['openai:chat', 'mlflow-gateway', '/v1', [chat, 'completions', 'embeddings']],
  ['openai:chat', 'mlflow-scoring', '/v1', [chat]],
  ['mlflow:chat', 'mlflow-scoring', '/v1', [chat]],
  ['openai:chat', 'mlflow-agent', '/v1', [chat, 'responses']],
  ['mlflow:responses', 'mlflow-agent', '/v1', [chat, 'responses']],
  ['openai:chat', 'mlflow-tracking', '/v1', [chat]],
  ['mlflow:gateway', 'mlflow-tracking', '', [chat]],
])('%s in front of %s', (provider, kind, basePath, served) => {
  it.each(endpoints)('serves $path or says what it serves', async ({ path, shape }) => {
    const upstream = await startUpstream({ kind })
    const baseUrl = `${upstream.url}${basePath}`
    const gateway = await startTestGateway(yamlFor({ baseUrl, provider, ...unrecorded }))
    const response = await postTo(gateway.url, path, requests[shape])
    if (served.includes(shape)) {
      expect(response.status).toBe(200)
      return
    }
    const { status, error } = await failureOf(response)
    expect({ status, code: error.code }).toEqual({ status: 404, code: 'endpoint_not_supported' })
    expect(error.message).toMatch(
      /target "mlflow-chat" \(.*mlflow.*\) has no \/v1\/\w+; it serves/i,
    )
    expect(callsTo(upstream).filter((call) => /invocations|chat/.test(call.path))).toEqual([])
  })
})

it("finds the paths that MLflow's tracking server hands on to OpenAI", async () => {
  const paths: string[] = []
  const upstream = await startUpstream({
    kind: 'mlflow-tracking',
    script: (request, response, next) => {
      if (request.method !== 'POST') return next()
      paths.push(request.path)
      const body = { object: 'list', model, data: [{ embedding: [1], index: 0 }] }
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      return undefined
    },
  })
  const baseUrl = `${upstream.url}/gateway/openai/v1`
  const gateway = await startTestGateway(yamlFor({ baseUrl, ...unrecorded }))
  expect((await postTo(gateway.url, '/v1/embeddings', requests.embeddings)).status).toBe(200)
  expect(paths).toEqual(['/gateway/openai/v1/embeddings'])
  const refused = await postTo(gateway.url, '/v1/completions', requests.completions)
  expect((await failureOf(refused)).error.message).toContain(
    'it serves /v1/chat/completions, /v1/embeddings, /v1/responses.',
  )
})
