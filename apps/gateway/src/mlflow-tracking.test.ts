import type { FakeUpstreamOptions } from '@keeptrusts/testing'
import { answerWith } from '@keeptrusts/testing'
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

const kind = 'mlflow-tracking'
const path = '/gateway/mlflow/v1/chat/completions'

async function startNamed(provider: string, base: string, more: Partial<FakeUpstreamOptions> = {}) {
  const upstream = await startUpstream({ kind, ...more })
  const yaml = yamlFor({ baseUrl: `${upstream.url}${base}`, ...bare })
  return { upstream, gateway: await startTestGateway(yaml.replace('openai:chat', provider)) }
}

describe('kind D, an endpoint of mlflow server', () => {
  it.each([
    ['openai:chat', '/v1'],
    ['openai:chat', ''],
    ['openai:chat', '/gateway/mlflow/v1'],
    ['mlflow:gateway', ''],
    ['mlflow:gateway', '/gateway/mlflow/v1'],
  ])('is called at its own path for %s with base_url …%s', async (provider, base) => {
    const { upstream, gateway } = await startNamed(provider, base)
    await gateway.gateway.probe()
    expect((await post(gateway.base, chatBody('Hello'))).status).toBe(200)
    expect(callsTo(upstream).map((call) => call.path)).toEqual([path])
  })

  it('is called once more at the right path after its own page said that nothing is there', async () => {
    const { upstream, gateway } = await startPair({ kind }, { yaml: unrecorded })
    await gateway.gateway.probe()
    gateway.gateway.deps.kinds.forget(gateway.gateway.deps.targets[0]!)
    expect((await post(gateway.base, chatBody('Hello'))).status).toBe(200)
    expect(callsTo(upstream).map((call) => call.path)).toEqual(['/v1/chat/completions', path])
  })

  it('gets stop as a list and no empty tools, and everything else as it was written', async () => {
    const { upstream, gateway } = await startPair({ kind }, { yaml: bare })
    const body = chatBody('Hello', { seed: 1, stop: 'x', tools: [] }).replace(
      '"seed":1',
      '"seed":1.0e2',
    )
    expect((await post(gateway.base, body)).status).toBe(200)
    const messages = '[{"role":"user","content":"Hello"}]'
    expect(callsTo(upstream).at(-1)?.body).toBe(
      `{"model":"my-chat-model","messages":${messages},"seed":1.0e2,"stop":["x"]}`,
    )
    const plain = chatBody('Hello', { stop: ['x'] })
    await post(gateway.base, plain)
    expect(callsTo(upstream).at(-1)?.body).toBe(plain)
  })

  it('has its streams ended with [DONE], checked or live', async () => {
    for (const yaml of [unrecorded, bare]) {
      const { gateway } = await startPair({ kind }, { yaml })
      const text = await (await post(gateway.base, chatBody('Hello', { stream: true }))).text()
      expect(text).toMatch(/"finish_reason":"stop"[\s\S]*\n\ndata: \[DONE\]\n\n$/)
    }
  })

  it('has what MLflow leaves null filled in, plain and streamed', async () => {
    const nothing = { id: null, created: null, model: null, usage: null }
    const whole = JSON.stringify({
      ...nothing,
      choices: [{ index: 0, message: { content: 'Hi' } }],
    })
    const chunk = JSON.stringify({
      ...nothing,
      choices: [{ index: 0, delta: { content: 'Hi' }, finish_reason: 'stop' }],
    })
    const script = answerWith({ type: 'application/json', body: whole })
    const { gateway } = await startPair({ kind, script }, { yaml: unrecorded })
    const answer = await (await post(gateway.base, chatBody('Hello'))).json()
    expect(answer).toMatchObject({
      id: expect.stringMatching(/^chatcmpl-/),
      model: 'my-chat-model',
      choices: [{ finish_reason: 'stop', message: { role: 'assistant', content: 'Hi' } }],
      usage: { estimated: true },
    })
    const events = answerWith({ type: 'text/event-stream', body: `data: ${chunk}\n\n` })
    const pair = await startPair({ kind, script: events }, { yaml: bare })
    const text = await (await post(pair.gateway.base, chatBody('Hello', { stream: true }))).text()
    expect(JSON.parse(text.split('\n')[0]!.slice(6))).toMatchObject({
      id: expect.stringMatching(/^chatcmpl-/),
      created: expect.any(Number),
      model: 'my-chat-model',
    })
  })

  it('that nests its answer too deeply is at fault itself', async () => {
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
    const body = `{"choices":[{"message":{"content":"Hi"},"x":${deep}}]}`
    const script = answerWith({ type: 'application/json', body })
    const { gateway } = await startPair({ kind, script }, { yaml: unrecorded })
    const { status, error } = await failureOf(await post(gateway.base, chatBody('x')))
    expect([status, error.code]).toEqual([502, 'upstream_invalid_response'])
  })

  it('that refuses the host name gives the very flag to start it with', async () => {
    const { upstream, gateway } = await startPair(
      { kind, allowedHosts: ['mlflow:5000'] },
      { yaml: unrecorded },
    )
    const { status, error } = await failureOf(await post(gateway.base, chatBody('Hello')))
    expect(status).toBe(502)
    expect(error.message).toContain(`--allowed-hosts 127.0.0.1:${upstream.port}`)
  })

  it('that does not know the model is a 404 with the line to change', async () => {
    const { gateway } = await startPair({ kind, model: 'another' }, { yaml: unrecorded })
    const { status, error } = await failureOf(await post(gateway.base, chatBody('Hello')))
    expect({ status, code: error.code }).toEqual({ status: 404, code: 'model_not_found' })
    expect(error.message).toMatch(
      /does not serve the model "my-chat-model".*providers\.targets\[0\]/,
    )
  })

  it('whose guardrail refuses the call gives 400 upstream_guardrail, plain and in a stream', async () => {
    const detail = JSON.stringify({ detail: "Guardrail 'safety' blocked: CANARY" })
    const frame = 'data: {"error":{"message":"CANARY","type":"GuardrailViolation"}}\n\n'
    const scripts = [
      answerWith({ status: 400, type: 'application/json', body: detail }),
      answerWith({ type: 'text/event-stream', body: frame }),
    ]
    for (const [at, script] of scripts.entries()) {
      for (const yaml of [unrecorded, bare]) {
        const { gateway } = await startPair({ kind, script }, { yaml })
        const failure = await failureOf(
          await post(gateway.base, chatBody('x', { stream: at === 1 })),
        )
        expect(failure).toMatchObject({ status: 400, error: { code: 'upstream_guardrail' } })
        expect(failure.error.message).not.toContain('CANARY')
      }
    }
  })
})
