import type { FakeUpstreamOptions, ScoringReply } from '@keeptrusts/testing'
import { startFakeUpstream } from '@keeptrusts/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { failureOf } from './fixtures/failure-of.ts'
import {
  bare,
  callsTo,
  chatBody,
  endAll,
  post,
  startPair,
  startTestGateway,
  startUpstream,
  unrecorded,
  yamlFor,
} from './fixtures/test-gateway.ts'

afterEach(endAll)

/** None of these tests reads a record. */
function start(
  fake: FakeUpstreamOptions,
  { yaml, ...options }: Parameters<typeof startPair>[1] = {},
): ReturnType<typeof startPair> {
  return startPair(fake, { ...options, yaml: { ...unrecorded, ...yaml } })
}

const tokenTarget = 'secret_key_ref: {env: MLFLOW_TRACKING_TOKEN}'

/** The same prompt, direct. */
async function direct(url: string, body: string): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  return fetch(url, { method: 'POST', headers, body })
}

describe('one configuration', () => {
  it('works on a scoring server, then on a gateway server on the same port, then back', async () => {
    const first = await startFakeUpstream({ kind: 'mlflow-scoring' })
    const { port } = first
    const gateway = await startTestGateway(
      yamlFor({ ...unrecorded, baseUrl: `http://127.0.0.1:${port}/v1` }),
    )
    const statuses: number[] = []
    const askTwice = async (): Promise<void> => {
      for (let call = 0; call < 2; call++)
        statuses.push((await post(gateway.base, chatBody('Hello'))).status)
    }
    await askTwice()
    await first.close()
    const second = await startFakeUpstream({ kind: 'mlflow-gateway', port })
    await askTwice()
    expect(callsTo(second).map((call) => call.path)).toContain('/v1/chat/completions')
    await second.close()
    statuses.push((await post(gateway.base, chatBody('Hello'))).status)
    const third = await startUpstream({ kind: 'mlflow-scoring', port })
    await askTwice()
    expect(statuses).toEqual([200, 200, 200, 200, 502, 200, 200])
    expect(callsTo(third).filter((call) => call.path === '/invocations')).toHaveLength(2)
  })

  it('sends a call again only after a router said that no model ran', async () => {
    const { upstream, gateway } = await start({ kind: 'mlflow-scoring' })
    await post(gateway.base, chatBody('Hello'))
    gateway.gateway.deps.kinds.forget(gateway.gateway.deps.targets[0]!)
    await post(gateway.base, chatBody('Hello'))
    expect(callsTo(upstream).map((call) => call.path)).toEqual([
      '/invocations',
      '/v1/chat/completions',
      '/invocations',
    ])
  })
})

describe('kind A, mlflow models serve', () => {
  it('answers with the choices that it gives directly', async () => {
    const { upstream, gateway } = await start({ kind: 'mlflow-scoring' })
    const body = chatBody('Hello', { max_tokens: 64, n: 2 })
    const plain = (await (await post(gateway.base, body)).json()) as { choices: unknown }
    const { model: _, ...sent } = JSON.parse(body)
    const there = await direct(`${upstream.url}/invocations`, JSON.stringify(sent))
    expect(plain.choices).toEqual(((await there.json()) as { choices: unknown }).choices)
  })

  it.each([
    'object',
    'array',
    'choices-only',
    'predictions-string',
    'predictions-choices',
  ] satisfies ScoringReply[])('is understood when it replies with %s', async (reply) => {
    const { gateway } = await start({ kind: 'mlflow-scoring', reply })
    const response = await post(gateway.base, chatBody('Hello'))
    expect(await response.json()).toEqual({
      id: expect.stringMatching(/^chatcmpl-/),
      object: 'chat.completion',
      created: expect.any(Number),
      model: 'my-chat-model',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'You said: Hello' },
          finish_reason: 'stop',
        },
      ],
      usage: expect.objectContaining({ total_tokens: expect.any(Number) }),
    })
  })

  it('gets messages and chat parameters, and nothing else', async () => {
    const { upstream, gateway } = await start({ kind: 'mlflow-scoring' })
    const more = {
      max_completion_tokens: 9,
      temperature: null,
      stop: 'x',
      tools: [],
      stream: true,
      user: 'u',
      store: true,
      seed: 1,
    }
    expect((await post(gateway.base, chatBody('Hello', more))).status).toBe(200)
    expect(JSON.parse(callsTo(upstream).at(-1)?.body ?? '')).toEqual({
      messages: [{ role: 'user', content: 'Hello' }],
      max_tokens: 9,
      stop: ['x'],
    })
  })

  it('is asked again without parameters when its schema refuses them, and that is remembered', async () => {
    const { upstream, gateway } = await start({
      kind: 'mlflow-scoring',
      strictKeys: ['messages'],
    })
    for (let call = 0; call < 2; call++)
      expect((await post(gateway.base, chatBody('Hello', { temperature: 0 }))).status).toBe(200)
    expect(callsTo(upstream).map((call) => Object.keys(JSON.parse(call.body)))).toEqual([
      ['messages', 'temperature'],
      ['messages'],
      ['messages'],
    ])
  })

  it('gets inputs when it takes no messages', async () => {
    const { upstream, gateway } = await start({ kind: 'mlflow-scoring', inputsOnly: true })
    const response = await post(gateway.base, chatBody('Hello', { temperature: 0 }))
    expect(response.status).toBe(200)
    expect(JSON.parse(callsTo(upstream).at(-1)?.body ?? '')).toEqual({ inputs: ['Hello'] })
  })

  it('is called once in the form that the configuration fixes', async () => {
    const target = 'mlflow: {input: inputs}'
    const { upstream, gateway } = await start(
      { kind: 'mlflow-scoring', inputsOnly: true },
      { yaml: { target } },
    )
    await post(gateway.base, chatBody('Hello'))
    expect(callsTo(upstream)).toHaveLength(1)
  })

  it('gets the redacted text in every form', async () => {
    for (const settings of [{}, { strictKeys: ['messages'] }, { inputsOnly: true }]) {
      const { upstream, gateway } = await start({ kind: 'mlflow-scoring', ...settings })
      await post(gateway.base, chatBody('Mail john@example.com', { temperature: 0 }))
      for (const call of callsTo(upstream)) {
        expect(call.body).toContain('[EMAIL_REDACTED]')
        expect(call.body).not.toContain('john@')
      }
    }
  })

  it('works without its token, with a warning at the start', async () => {
    const { gateway } = await start({ kind: 'mlflow-scoring' }, { yaml: { target: tokenTarget } })
    expect(gateway.warnings.join()).toContain('MLFLOW_TRACKING_TOKEN is not set')
    expect((await post(gateway.base, chatBody('Hello'))).status).toBe(200)
  })

  it('is found by mlflow:chat without a probe', async () => {
    const upstream = await startUpstream({ kind: 'mlflow-scoring' })
    const yaml = yamlFor({ ...unrecorded, baseUrl: upstream.url }).replace(
      'openai:chat',
      'mlflow:chat',
    )
    const gateway = await startTestGateway(yaml)
    expect((await post(gateway.base, chatBody('Hello'))).status).toBe(200)
    expect(upstream.requests.map((request) => request.path)).toEqual(['/invocations'])
  })
})

describe('kind C, mlflow gateway start', () => {
  it('answers with the bytes that it gives directly', async () => {
    for (const yaml of [unrecorded, bare]) {
      const { upstream, gateway } = await start({ kind: 'mlflow-gateway' }, { yaml })
      const body = chatBody('Hello', { max_tokens: 64 })
      const through = await (await post(gateway.base, body)).text()
      const there = await direct(`${upstream.url}/v1/chat/completions`, body)
      expect(through).toBe(await there.text())
    }
  })

  it('gets no call without its token: 401 with the variable to set', async () => {
    const { upstream, gateway } = await start(
      { kind: 'mlflow-gateway' },
      { yaml: { target: tokenTarget } },
    )
    const { status, error } = await failureOf(await post(gateway.base, chatBody('Hello')))
    expect({ status, code: error.code }).toEqual({ status: 401, code: 'target_token_missing' })
    expect(error.message).toContain('Set MLFLOW_TRACKING_TOKEN and restart the gateway.')
    expect(callsTo(upstream)).toHaveLength(0)
  })
})

describe('the server behind a target', () => {
  const serve = (kind: FakeUpstreamOptions['kind'], pages: Record<string, string>) =>
    startUpstream({
      kind,
      script: async (request, response, next) => {
        const page = pages[request.path]
        if (page === undefined) next()
        else response.writeHead(200, { 'content-type': 'text/plain' }).end(page)
      },
    })

  it('is asked without credentials, at its origin', async () => {
    const upstream = await startUpstream({ kind: 'mlflow-gateway' })
    const yaml = yamlFor({ ...unrecorded, baseUrl: `${upstream.url}/v1`, target: tokenTarget })
    await startTestGateway(yaml, { env: { MLFLOW_TRACKING_TOKEN: 'secret' } })
    await expect.poll(() => upstream.requests.map(({ path }) => path)).toEqual(['/health'])
    expect(upstream.requests[0]?.headers.authorization).toBeUndefined()
  })

  it('is plain OpenAI when nothing says otherwise', async () => {
    const pages = { '/health': '', '/version': '{"version":"0.9"}' }
    const upstream = await serve('openai', pages)
    const gateway = await startTestGateway(
      yamlFor({ ...unrecorded, baseUrl: `${upstream.url}/v1` }),
    )
    expect((await post(gateway.base, chatBody('Hello'))).status).toBe(200)
  })
})
