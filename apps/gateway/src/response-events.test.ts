import { onPosts } from '@keeptrusts/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postTo } from './fixtures/post-to.ts'
import { endAll, startPair, unrecorded } from './fixtures/test-gateway.ts'

const mail = 'ann@example.com'
const at = { item_id: 'i_1', output_index: 0, content_index: 0 }
const item = { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: mail }] }
const annotation = { type: 'url_citation', title: mail, url: `https://h/?q=${mail}` }

/** A canary in one place of one event, wherever the API has a text. */
const events: readonly object[] = [
  ...['output_text', 'reasoning_text'].flatMap((stem) => [
    { type: `response.${stem}.delta`, ...at, delta: mail },
    { type: `response.${stem}.done`, ...at, text: mail },
  ]),
  { type: 'response.output_text.delta', ...at, delta: 'a', logprobs: [{ token: mail }] },
  { type: 'response.output_text.done', ...at, text: 'a', logprobs: [{ token: mail }] },
  { type: 'response.refusal.delta', ...at, delta: mail },
  { type: 'response.refusal.done', ...at, refusal: mail },
  ...['function_call_arguments', 'mcp_call_arguments'].flatMap((stem) => [
    { type: `response.${stem}.delta`, ...at, delta: `{"to":"${mail}"}` },
    { type: `response.${stem}.done`, ...at, arguments: `{"to":"${mail}"}` },
  ]),
  { type: 'response.custom_tool_call_input.delta', ...at, delta: mail },
  { type: 'response.custom_tool_call_input.done', ...at, input: mail },
  { type: 'response.code_interpreter_call_code.delta', ...at, delta: mail },
  { type: 'response.code_interpreter_call_code.done', ...at, code: mail },
  { type: 'response.reasoning_summary_text.delta', ...at, summary_index: 0, delta: mail },
  { type: 'response.reasoning_summary_text.done', ...at, summary_index: 0, text: mail },
  { type: 'response.reasoning_summary_part.done', summary_index: 0, part: { text: mail } },
  { type: 'response.audio.transcript.delta', delta: mail },
  { type: 'response.audio.delta', delta: mail },
  { type: 'response.output_text.annotation.added', ...at, annotation_index: 0, annotation },
  { type: 'response.content_part.added', ...at, part: { type: 'output_text', text: mail } },
  { type: 'response.content_part.done', ...at, part: { type: 'refusal', refusal: mail } },
  { type: 'response.output_item.added', output_index: 0, item },
  { type: 'response.output_item.done', output_index: 0, item: { type: 'mcp_call', output: mail } },
  { type: 'response.created', response: { instructions: mail } },
  { type: 'response.in_progress', response: { metadata: { [mail]: mail } } },
  { type: 'response.image_generation_call.partial_image', partial_image_b64: mail },
  { type: 'response.never_heard_of', deep: [{ delta: mail }] },
  { type: 'response.never_heard_of.delta', delta: mail },
]

describe('a canary in an event', () => {
  let event: object = {}
  let ending: object = {}
  let pair: Awaited<ReturnType<typeof startPair>>
  const sse = (value: object) => `data: ${JSON.stringify(value)}\n\n`
  beforeAll(async () => {
    const script = onPosts((_request, response) => {
      const completed = { type: 'response.completed', response: { output: [], ...ending } }
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.end(sse(event) + sse(completed))
    })
    pair = await startPair({ kind: 'openai', script }, { yaml: unrecorded })
  })
  afterAll(endAll)

  const read = async (): Promise<string> => {
    const body = { model: 'my-chat-model', input: 'Hello', stream: true }
    const response = await postTo(pair.gateway.url, '/v1/responses', body)
    expect(response.status).toBe(200)
    return response.text()
  }

  it.each(events)('does not reach the client: %j', async (given) => {
    event = given
    ending = {}
    const received = await read()
    expect(received).not.toContain(mail)
    expect(received).toMatch(/REDACTED|"logprobs":\[\]/)
    expect(received).toContain('response.completed')
  })

  it.each([
    { output: [item] },
    { output_text: mail },
    { instructions: [{ role: 'system', content: mail }] },
    { text: { format: { schema: { description: mail } } } },
    { prompt: { id: 'p', variables: { name: mail } } },
    { tools: [{ type: 'function', description: mail }] },
    { user: mail },
    { never_heard_of: mail },
  ])('does not reach the client in the response that ends the stream: %j', async (given) => {
    event = { type: 'response.created', response: {} }
    ending = given
    const received = await read()
    expect(received).not.toContain(mail)
    expect(received).toContain('REDACTED')
  })
})
