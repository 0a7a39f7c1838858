import type { AgentStream } from '@keeptrusts/testing'
import { answerWith } from '@keeptrusts/testing'
import OpenAI from 'openai'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { failureOf } from './fixtures/failure-of.ts'
import type { SharedPair } from './fixtures/shared-pair.ts'
import { startSharedPair } from './fixtures/shared-pair.ts'
import {
  bare,
  callsTo,
  chatBody,
  endAll,
  onlyAudit,
  post,
  startPair,
  startTestGateway,
  startUpstream,
  unrecorded,
  yamlFor,
} from './fixtures/test-gateway.ts'

const kind = 'mlflow-agent'
const styles = ['deltas', 'items', 'completed', 'other-ids'] satisfies AgentStream[]
const ask: OpenAI.ChatCompletionCreateParamsNonStreaming = {
  model: 'my-chat-model',
  messages: [{ role: 'user', content: 'Hello' }],
}

function client(base: string): OpenAI {
  return new OpenAI({ baseURL: base, apiKey: 'unused', maxRetries: 0 })
}

async function streamed(base: string, content: string, more: object = {}) {
  const messages = [{ role: 'user' as const, content }]
  const stream = client(base).chat.completions.stream({ model: ask.model, messages, ...more })
  return stream.finalChatCompletion()
}

describe('kind B, an agent server', () => {
  afterEach(endAll)

  it('answers chat calls in chat, and keeps what the agent adds', async () => {
    const { upstream, gateway } = await startPair({ kind, agentUsage: true })
    const answer = await (await post(gateway.base, chatBody('Hello'))).json()
    expect(answer).toEqual({
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
      usage: { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 },
      custom_outputs: { trace: 'kept' },
    })
    expect(callsTo(upstream).at(-1)?.path).toBe('/invocations')
    expect(gateway.records('request.completed')[0]).toMatchObject({
      usage: { input_tokens: 9, output_tokens: 4 },
      finish_reasons: ['stop'],
    })
  })

  it('is sent what the Responses API has names for, exactly as it was written', async () => {
    const { upstream, gateway } = await startPair({ kind }, { yaml: bare })
    const parameters = '{"type":"object","properties":{"n":{"const":12345678901234567890}}}'
    const body = `{"model":"my-chat-model","stop":"x","n":2,"seed":1,"temperature":0.10,"user":"u",
      "max_tokens":5,"max_completion_tokens":7,"reasoning_effort":"low","tool_choice":{"type":"function","function":{"name":"f"}},
      "response_format":{"type":"json_schema","json_schema":{"name":"s","schema":{"a":1e400}}},"custom_inputs":{"k":1.0},
      "tools":[{"type":"function","function":{"name":"f","description":"d","parameters":${parameters}}},
               {"type":"function","function":{"name":"g"}}],
      "messages":[{"role":"system","content":"S"},
        {"role":"user","content":[{"type":"text","text":"T"},{"type":"image_url","image_url":{"url":"https://example.com/i.png","detail":"low"}}]},
        {"role":"assistant","content":[{"type":"text","text":"A"}],"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{\\"n\\": 1}"}}]},
        {"role":"tool","tool_call_id":"c1","content":"R"}]}`
    expect((await post(gateway.base, body)).status).toBe(200)
    const sent = callsTo(upstream).at(-1)?.body ?? ''
    for (const exact of ['12345678901234567890', '1e400', '0.10', '{"k":1.0}']) {
      expect(sent).toContain(exact)
    }
    expect(JSON.parse(sent.replace('1e400', '1'))).toEqual({
      input: [
        { role: 'system', content: 'S' },
        {
          role: 'user',
          content: [
            { type: 'input_text', text: 'T' },
            { type: 'input_image', image_url: 'https://example.com/i.png', detail: 'low' },
          ],
        },
        { role: 'assistant', content: 'A' },
        { type: 'function_call', call_id: 'c1', name: 'f', arguments: '{"n": 1}' },
        { type: 'function_call_output', call_id: 'c1', output: 'R' },
      ],
      temperature: 0.1,
      user: 'u',
      custom_inputs: { k: 1 },
      max_output_tokens: 7,
      tools: [
        { type: 'function', name: 'f', description: 'd', parameters: expect.any(Object) },
        { type: 'function', name: 'g', parameters: { type: 'object', properties: {} } },
      ],
      tool_choice: { type: 'function', name: 'f' },
      reasoning: { effort: 'low' },
      text: { format: { type: 'json_schema', name: 's', schema: { a: 1 } } },
    })
  })

  it.each(styles)('streams what it says plainly, live and checked: %s', async (agentStream) => {
    for (const yaml of [bare, unrecorded]) {
      for (const agentTools of [false, true]) {
        const { gateway } = await startPair({ kind, agentStream, agentTools }, { yaml })
        const plain = await client(gateway.base).chat.completions.create({ ...ask })
        const stream = await streamed(gateway.base, 'Hello')
        const said = agentTools ? 'Let me look.\n\nYou said: Hello' : 'You said: Hello'
        expect(plain.choices[0]?.message.content).toBe(said)
        expect(stream.choices[0]?.message.content).toBe(said)
        expect(stream.choices[0]?.finish_reason).toBe('stop')
        const calls = [plain, stream].map((one) => one.choices[0]?.message.tool_calls)
        expect(calls.every((one) => one === undefined)).toBe(true)
      }
    }
  })

  it('gives its reasoning in its own field, and leaves tool calls that it did not answer to the client', async () => {
    const { gateway } = await startPair({ kind, agentTools: true }, { yaml: bare })
    const answer = await (await post(gateway.base, chatBody('Hello'))).json()
    expect(answer).toMatchObject({
      choices: [{ message: { reasoning_content: 'I should look.' } }],
    })
    const tools = [{ type: 'function' as const, function: { name: 'find', parameters: {} } }]
    const more = { tools, tool_choice: 'required' as const }
    const plain = await client(gateway.base).chat.completions.create({ ...ask, ...more })
    const stream = await streamed(gateway.base, 'Hello', more)
    for (const { choices } of [plain, stream]) {
      expect(choices[0]).toMatchObject({
        finish_reason: 'tool_calls',
        message: {
          content: null,
          tool_calls: [
            { id: 'call_fake_1', function: { name: 'find', arguments: '{"text":"Hello"}' } },
          ],
        },
      })
    }
  })

  it.each([
    ['invoke', true],
    ['stream', false],
  ] as const)(
    'that has only %s answers both ways, and that is remembered',
    async (only, stream) => {
      const { upstream, gateway } = await startPair(
        { kind, agentFunctions: [only] },
        { yaml: unrecorded },
      )
      for (let call = 0; call < 2; call++) {
        const response = await post(gateway.base, chatBody('Hello', { stream }))
        expect(response.status).toBe(200)
        const text = await response.text()
        if (stream) {
          expect(text).toContain('"custom_outputs":{"trace":"kept"}')
          expect(text).toMatch(/You said: Hello[\s\S]*data: \[DONE\]\n\n$/)
        } else expect(JSON.parse(text).choices[0].message.content).toBe('You said: Hello')
      }
      // Refused before the agent ran, then the other way; the second call knew it.
      expect(callsTo(upstream).map(({ body }) => JSON.parse(body).stream === true)).toEqual([
        stream,
        !stream,
        !stream,
      ])
    },
  )

  it.each([{}, { stream_options: { include_usage: true } }])(
    'that can only stream gives plain answers with its own tokens: %j',
    async (more) => {
      const { gateway } = await startPair(
        { kind, agentUsage: true, agentFunctions: ['stream'], agentStream: 'completed' },
        { yaml: bare },
      )
      expect(await (await post(gateway.base, chatBody('Hello', more))).json()).toMatchObject({
        usage: { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 },
      })
    },
  )

  it('gets redacted text only, and what it says is redacted, in streams too', async () => {
    const answer = () => 'Ask ann@example.com'
    const { upstream, gateway } = await startPair(
      { kind, answer, chunkLength: 3 },
      { yaml: unrecorded },
    )
    for (const stream of [false, true]) {
      const text = await (
        await post(gateway.base, chatBody('Mail john@example.com', { stream }))
      ).text()
      expect(text).not.toMatch(/ann@|example\.com/)
      const content = stream
        ? (await streamed(gateway.base, 'x')).choices[0]?.message.content
        : JSON.parse(text).choices[0].message.content
      expect(content).toBe('Ask [EMAIL_REDACTED]')
    }
    for (const { body } of callsTo(upstream)) expect(body).not.toContain('john@')
  })

  it('ends a stream with its tokens when they are asked for and known', async () => {
    const { gateway } = await startPair({ kind, agentStream: 'completed' }, { yaml: bare })
    const more = { stream: true, stream_options: { include_usage: true } }
    const text = await (await post(gateway.base, chatBody('Hello', more))).text()
    expect(text).toMatch(
      /"choices":\[\],"usage":\{"prompt_tokens":\d+,"completion_tokens":\d+,"total_tokens":\d+\}\}\n\ndata: \[DONE\]\n\n$/,
    )
  })

  it('is found by mlflow:responses without a probe', async () => {
    const upstream = await startUpstream({ kind })
    const yaml = yamlFor({ baseUrl: `${upstream.url}/v1` }).replace(
      'openai:chat',
      'mlflow:responses',
    )
    const gateway = await startTestGateway(yaml)
    expect((await post(gateway.base, chatBody('Hello'))).status).toBe(200)
    expect(upstream.requests.map(({ path }) => path)).toEqual(['/invocations'])
  })

  it('is called once more at the right path when it was not known yet', async () => {
    const { upstream, gateway } = await startPair({ kind }, { yaml: unrecorded })
    await post(gateway.base, chatBody('Hello'))
    gateway.gateway.deps.kinds.forget(gateway.gateway.deps.targets[0]!)
    expect((await post(gateway.base, chatBody('Hello'))).status).toBe(200)
    expect(callsTo(upstream).map(({ path }) => path)).toEqual([
      '/invocations',
      '/v1/chat/completions',
      '/invocations',
    ])
  })
})

describe('an agent that fails', () => {
  let checked: SharedPair
  let live: SharedPair
  beforeAll(async () => {
    checked = await startSharedPair(kind)
    live = await startSharedPair(kind, onlyAudit)
  })
  afterAll(endAll)

  const sse = (...events: string[]) =>
    answerWith({
      type: 'text/event-stream',
      body: events.map((event) => `data: ${event}\n\n`).join(''),
    })
  const json = (body: object) =>
    answerWith({ type: 'application/json', body: JSON.stringify(body) })
  const piece = '{"type":"response.output_text.delta","item_id":"m","delta":"Hi"}'
  const stream = { stream: true }

  it.each([
    ['the text that AgentServer sends', '{"error":"CANARY"}'],
    ['an error event', '{"type":"error","message":"CANARY"}'],
    ['a failed response', '{"type":"response.failed","response":{"error":{"message":"CANARY"}}}'],
    [
      'a completed response that failed',
      '{"type":"response.completed","response":{"status":"failed"}}',
    ],
  ])(
    'gives a clean error for an error inside 200, first or in the middle: %s',
    async (_, error) => {
      for (const { gateway, ask } of [checked, live]) {
        const first = await failureOf(await ask(sse(error, '[DONE]'), stream))
        expect(first).toMatchObject({ status: 502, error: { code: 'upstream_error' } })
        const text = await (await ask(sse(piece, error, '[DONE]'), stream)).text()
        expect(text).toContain('"code":"upstream_error"')
        expect(text).not.toContain('CANARY')
        expect(gateway.records().at(-1)).toMatchObject({ decision: 'error' })
      }
    },
  )

  it.each([
    ['breaks off', [piece]],
    ['sends what is no JSON', [piece, 'nonsense', '[DONE]']],
    ['streams another protocol', ['{"choices":[{"delta":{"content":"Hi"}}]}', '[DONE]']],
  ])('does not pass for an answer when it %s', async (_, events) => {
    const response = await checked.ask(sse(...events), stream)
    const text = await response.text().catch(() => 'broken')
    // A stream that has begun has its status already: then it breaks.
    expect(response.status === 502 || text === 'broken').toBe(true)
    expect(text).not.toContain('[DONE]')
    expect(checked.gateway.records().at(-1)).toMatchObject({ decision: 'error' })
  })

  it.each([
    ['a chat answer', { choices: [{ message: { content: 'Hi' } }] }, 'Hi'],
    ['messages', { messages: [{ role: 'assistant', content: 'Hi' }] }, 'Hi'],
    [
      'a refusal',
      { output: [{ type: 'message', content: [{ type: 'refusal', refusal: 'No' }] }] },
      null,
    ],
  ])('or that declares no type may answer with %s', async (_, body, content) => {
    expect(await (await checked.ask(json(body))).json()).toMatchObject({
      choices: [{ message: { content } }],
    })
  })

  it.each([
    ['incomplete', { reason: 'max_output_tokens' }, 'length'],
    ['incomplete', { reason: 'content_filter' }, 'content_filter'],
    ['completed', null, 'stop'],
  ])('or stops early says why: %s %j', async (status, details, reason) => {
    const output = [{ type: 'message', content: [{ type: 'output_text', text: 'Hi' }] }]
    const body = { output, status, incomplete_details: details }
    expect(await (await checked.ask(json(body))).json()).toMatchObject({
      choices: [{ finish_reason: reason }],
    })
  })
})
