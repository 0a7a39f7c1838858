import { onPosts } from '@keeptrusts/testing'
import OpenAI from 'openai'
import { afterEach, describe, expect, it } from 'vitest'
import { callsTo, endAll, startPair } from './fixtures/test-gateway.ts'

afterEach(endAll)

const model = 'my-chat-model'
const client = (baseURL: string) => new OpenAI({ baseURL, apiKey: 'unused', maxRetries: 0 })
const yaml = { provider: 'mlflow:responses' }

describe('/v1/responses in front of an agent server', () => {
  it('sends what the agent takes, without PII', async () => {
    const { upstream, gateway } = await startPair({ kind: 'mlflow-agent' }, { yaml })
    const response = await client(gateway.base).responses.create({
      ...{ model, instructions: 'Be kind.', input: 'I am ann@example.com', temperature: 0.5 },
    })
    expect(JSON.parse(callsTo(upstream)[0]?.body ?? '')).toEqual({
      input: [
        { role: 'system', content: 'Be kind.' },
        { role: 'user', content: 'I am [EMAIL_REDACTED]' },
      ],
      temperature: 0.5,
    })
    expect(callsTo(upstream)[0]?.path).toBe('/invocations')
    expect(response).toMatchObject({
      ...{ object: 'response', status: 'completed', model, custom_outputs: { trace: 'kept' } },
      output_text: 'You said: I am [EMAIL_REDACTED]',
    })
    expect(response.id).toMatch(/^resp_/)
  })

  it.each(['deltas', 'items', 'completed', 'other-ids'] as const)(
    'gives the stream of an agent that streams %s, complete',
    async (agentStream) => {
      const answer = () => 'Write to ann@example.com.'
      const { gateway } = await startPair(
        { kind: 'mlflow-agent', agentStream, agentTools: true, answer },
        { yaml },
      )
      const stream = client(gateway.base).responses.stream({ model, input: 'Hello' })
      const events = []
      for await (const event of stream) events.push(event)
      expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, at) => at))
      expect(events[0]?.type).toBe('response.created')
      const final = await stream.finalResponse()
      expect(final.output.map(({ type }) => type)).toEqual([
        ...['message', 'reasoning', 'function_call', 'function_call_output', 'message'],
      ])
      expect(final.output.at(-1)).toMatchObject({
        content: [{ text: 'Write to [EMAIL_REDACTED].' }],
      })
      expect(JSON.stringify(events)).not.toContain('ann@')
    },
  )

  it.each(['invoke', 'stream'] as const)(
    'answers both ways when the agent can only %s',
    async (only) => {
      const { gateway } = await startPair(
        { kind: 'mlflow-agent', agentFunctions: [only] },
        { yaml },
      )
      const openai = client(gateway.base)
      const plain = await openai.responses.create({ model, input: 'Hello' })
      expect(plain.output_text).toBe('You said: Hello')
      const stream = openai.responses.stream({ model, input: 'Hello' })
      const final = await stream.finalResponse()
      expect(final.output[0]).toMatchObject({ content: [{ text: 'You said: Hello' }] })
    },
  )

  it.each([
    ['an error inside it', 'data: {"error":"SECRET"}\n\ndata: [DONE]\n\n', 'upstream_error'],
    ['a failure', 'data: {"type":"response.failed"}\n\n', 'upstream_error'],
    [
      'no end',
      'data: {"type":"response.output_text.delta","item_id":"a","delta":"x"}\n\n',
      'upstream_unreachable',
    ],
    ['no JSON', 'data: SECRET\n\n', 'upstream_invalid_response'],
  ])('throws for a stream with %s', async (_name, body, code) => {
    const script = onPosts((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(body)
    })
    const { gateway } = await startPair({ kind: 'mlflow-agent', script }, { yaml })
    const read = async () => {
      const asked = { model, input: 'Hello', stream: true } as const
      for await (const _ of await client(gateway.base).responses.create(asked));
    }
    await expect(read()).rejects.toMatchObject({ code })
    await expect(read()).rejects.not.toThrow(/SECRET/)
  })

  it('takes something else than a response for no answer', async () => {
    const script = onPosts((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"text":"SECRET"}')
    })
    const { gateway } = await startPair({ kind: 'mlflow-agent', script }, { yaml })
    const asked = client(gateway.base).responses.create({ model, input: 'Hello' })
    await expect(asked).rejects.toMatchObject({ status: 502, code: 'upstream_invalid_response' })
  })
})
