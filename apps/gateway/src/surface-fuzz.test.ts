import type { ApiShape } from '@keeptrusts/core'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { endpointOf } from './call/endpoints.ts'
import { postTo } from './fixtures/post-to.ts'
import { callsTo, endAll, startPair } from './fixtures/test-gateway.ts'

const model = 'my-chat-model'
const mail = 'canary.person@example.com'
const ssn = '536-22-8145'

/** A text with or without a canary in it. */
const text = fc
  .tuple(
    fc.constantFrom('', 'Hello ', 'quote " and \\ ', 'ünï 😀\n', '{"a":', '<b>'),
    fc.constantFrom(mail, ssn, 'nothing'),
    fc.constantFrom('', ' there', '\t.', '}'),
  )
  // What touches a canary must not make another word of it.
  .map(([before, canary, after]) => `${before} ${canary} ${after}`)

/** Any value, with canaries in its texts; its keys are nobody's. */
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 4, arbitrary: text },
    fc.constantFrom(null, true, false, 0, -1.5, 1e300),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('x_one', 'x_two', 'x three', '0', '__proto__x'), tie('value'), {
      maxKeys: 3,
    }),
  ),
}))

/** Fields that any request may carry, of whichever endpoint. */
const extras = fc.record(
  {
    x_unknown: value,
    'x other': value,
    user: text,
    safety_identifier: text,
    suffix: text,
    stop: fc.array(text, { maxLength: 2 }),
    metadata: fc.dictionary(fc.constantFrom('k', mail, ssn), text, { maxKeys: 3 }),
    instructions: text,
    extra_body: value,
    guardrails: value,
    prediction: fc.record({ content: text }),
    tools: fc.array(
      fc.oneof(
        fc.record({ type: fc.constant('function'), name: fc.constant('f'), description: text }),
        fc.record({
          type: fc.constant('function'),
          function: fc.record({ name: fc.constant('f'), description: text }),
        }),
      ),
      { maxLength: 2 },
    ),
    response_format: fc.record({
      json_schema: fc.record({ schema: fc.record({ description: text }) }),
    }),
  },
  { requiredKeys: [] },
)

const json = text.map((inside) => JSON.stringify({ to: inside, [inside]: [inside] }))
const part = fc.oneof(
  fc.record({ type: fc.constantFrom('text', 'input_text'), text }),
  fc.record({ type: fc.constant('never_heard_of'), x_deep: value }),
  fc.record({ type: fc.constant('refusal'), refusal: text }),
)
const content = fc.oneof(text, fc.array(part, { maxLength: 3 }))
const message = fc.oneof(
  fc.record(
    { role: fc.constantFrom('user', 'system', 'developer'), content, name: text },
    { requiredKeys: ['role'] },
  ),
  fc.record({
    role: fc.constant('assistant'),
    content: fc.constant(null),
    tool_calls: fc.array(
      fc.record({
        id: fc.constant('c'),
        function: fc.record({ name: fc.constant('f'), arguments: fc.oneof(json, text) }),
      }),
      { maxLength: 2 },
    ),
  }),
  fc.record({
    role: fc.constant('tool'),
    tool_call_id: fc.constant('c'),
    content: fc.oneof(json, text),
  }),
)
/** Tokens that a client repeats of an answer. */
const logprobs = fc.constant(
  [...mail].map((token) => ({ token, bytes: [...Buffer.from(token)], top_logprobs: [{ token }] })),
)
const item = fc.oneof(
  fc.record({ role: fc.constantFrom('user', 'system', 'assistant'), content }),
  fc.record({
    role: fc.constant('assistant'),
    content: fc.array(fc.record({ type: fc.constant('output_text'), text, logprobs }), {
      maxLength: 2,
    }),
  }),
  fc.record({
    type: fc.constant('function_call'),
    name: fc.constant('f'),
    arguments: fc.oneof(json, text),
  }),
  fc.record({ type: fc.constant('function_call_output'), output: fc.oneof(json, content) }),
  fc.record({ type: fc.constant('custom_tool_call'), input: fc.oneof(json, text) }),
  fc.record({ type: fc.constant('custom_tool_call_output'), output: content }),
  fc.record({
    type: fc.constant('reasoning'),
    summary: fc.array(fc.record({ type: fc.constant('summary_text'), text }), { maxLength: 2 }),
  }),
  fc.record({
    type: fc.constant('file_search_call'),
    queries: fc.array(text, { maxLength: 2 }),
    results: fc.array(fc.record({ text, filename: text, attributes: value }), { maxLength: 1 }),
  }),
  fc.record({
    type: fc.constantFrom('web_search_call', 'computer_call', 'local_shell_call'),
    action: fc.record({ query: text, text, command: fc.array(text, { maxLength: 2 }) }),
  }),
  fc.record({
    type: fc.constant('code_interpreter_call'),
    code: text,
    outputs: fc.array(fc.record({ logs: text }), { maxLength: 2 }),
  }),
  fc.record({ type: fc.constant('mcp_call'), arguments: json, output: text, error: text }),
  fc.record({
    type: fc.constant('mcp_list_tools'),
    tools: fc.array(fc.record({ name: fc.constant('f'), description: text }), { maxLength: 2 }),
  }),
  fc.record({ type: fc.constant('x_never_heard_of'), x_deep: value }),
)
/** The letters of a canary as numbers: nobody can read them. */
const tokens = fc.constantFrom([...Buffer.from(mail)], [[...Buffer.from(ssn)], [1]])

const bodies: Readonly<Record<ApiShape, fc.Arbitrary<object>>> = {
  'chat.completions': fc.record({ messages: fc.array(message, { minLength: 1, maxLength: 4 }) }),
  completions: fc.record({
    prompt: fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 3 }), tokens),
    logprobs: fc.constant(2),
  }),
  embeddings: fc.record({
    input: fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 3 }), tokens),
    encoding_format: fc.constantFrom('float', 'base64'),
  }),
  responses: fc.record({
    input: fc.oneof(text, fc.array(item, { minLength: 1, maxLength: 4 })),
    include: fc.constant(['message.output_text.logprobs']),
  }),
}

/** Fields of other endpoints, which a body may carry beside its own. */
const foreign = fc.record(
  {
    messages: fc.array(message, { maxLength: 2 }),
    input: fc.oneof(text, fc.array(item, { maxLength: 2 })),
    prompt: fc.array(text, { maxLength: 2 }),
  },
  { requiredKeys: [] },
)

/** All texts of a body, those of the same place in events of a stream put together, and JSON in strings unpacked. */
function textsOf(received: string): string[] {
  const events = received.startsWith('{')
    ? [received]
    : received.split('\n').flatMap((line) => (line.startsWith('data: {') ? [line.slice(6)] : []))
  const texts = new Map<string, string>()
  const walk = (place: string, one: unknown): void => {
    if (typeof one === 'string') texts.set(place, (texts.get(place) ?? '') + one)
    else if (Array.isArray(one)) for (const inner of one) walk(`${place}[]`, inner)
    else if (typeof one === 'object' && one !== null)
      for (const [key, inner] of Object.entries(one)) {
        texts.set(`${place} keys`, `${texts.get(`${place} keys`) ?? ''} ${key}`)
        walk(`${place}.${key}`, inner)
      }
  }
  for (const event of events) walk('', JSON.parse(event))
  return [...texts.values()]
}

/** No canary is in a body: not as text, nor as the codes of its letters. */
function expectClean(body: string): void {
  for (const canary of [mail, ssn]) {
    expect(body).not.toContain(canary)
    expect(body).not.toContain([...Buffer.from(canary)].join(','))
    for (const one of textsOf(body)) expect(one).not.toContain(canary)
  }
}

describe.each<ApiShape>(['chat.completions', 'completions', 'embeddings', 'responses'])(
  '%s',
  (shape) => {
    const pairs: Awaited<ReturnType<typeof startPair>>[] = []
    let answer = ''
    beforeAll(async () => {
      for (const chunkLength of [1, 4, 1000]) {
        const responseParts =
          chunkLength === 4 ? (['reasoning', 'refusal'] as const) : (['reasoning', 'text'] as const)
        const fake = { kind: 'openai', chunkLength, responseParts, answer: () => answer } as const
        pairs.push(await startPair(fake))
      }
    })
    afterAll(endAll)

    it('lets no canary through, whatever the bodies are', async () => {
      const asked = fc.record({
        body: bodies[shape],
        more: extras,
        foreign: fc.oneof(
          { weight: 3, arbitrary: fc.constant({}) },
          { weight: 1, arbitrary: foreign },
        ),
        stream: fc.boolean(),
        said: fc.array(text, { minLength: 1, maxLength: 3 }),
        pair: fc.nat(2),
        callsTool: fc.boolean(),
      })
      const statuses = new Map<number, number>()
      await fc.assert(
        fc.asyncProperty(asked, async (call) => {
          const { upstream, gateway } = pairs[call.pair]!
          answer = call.said.join(' ')
          const body = {
            ...{ ...call.foreign, ...call.more, ...call.body, model },
            ...(call.stream && shape !== 'embeddings' && { stream: true }),
            ...(call.callsTool && { tool_choice: 'required' }),
          }
          const before = callsTo(upstream).length
          const response = await postTo(gateway.url, endpointOf(shape).path, body)
          const received = await response.text()
          statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1)
          expect([200, 400, 409]).toContain(response.status)
          expectClean(received)
          if (response.status !== 200) expect(callsTo(upstream)).toHaveLength(before)
          else expectClean(callsTo(upstream).at(-1)?.body ?? '')
          if (response.status === 200) expect(received).not.toMatch(/"tokens?":/)
        }),
        { numRuns: 100 },
      )
      // Most calls come to an answer: else nothing was tried.
      expect(statuses.get(200) ?? 0).toBeGreaterThan(40)
      for (const { gateway } of pairs) {
        for (const canary of [mail, ssn]) {
          expect(JSON.stringify(gateway.records())).not.toContain(canary)
          expect(gateway.lines.join('')).not.toContain(canary)
        }
      }
    })
  },
)

describe('what is an identifier', () => {
  afterAll(endAll)

  it.each<[ApiShape, string, object]>([
    [
      'chat.completions',
      'tools[0].function.name',
      { messages: [{ role: 'user', content: 'Hi' }], tools: [{ function: { name: mail } }] },
    ],
    [
      'chat.completions',
      'messages[0].tool_call_id',
      { messages: [{ role: 'tool', content: 'Hi', tool_call_id: mail }] },
    ],
    ['completions', 'service_tier', { prompt: 'Hi', service_tier: mail }],
    ['embeddings', 'encoding_format', { input: 'Hi', encoding_format: mail }],
    [
      'responses',
      'input[0].call_id',
      { input: [{ type: 'function_call_output', call_id: mail, output: 'Hi' }] },
    ],
    [
      'responses',
      'tools[0].server_url',
      { input: 'Hi', tools: [{ type: 'mcp', server_url: `https://h/${mail}` }] },
    ],
    ['responses', 'include[0]', { input: 'Hi', include: [mail] }],
  ])('goes on as it is at %s, %s, and is recorded', async (shape, address, body) => {
    const { upstream, gateway } = await startPair({ kind: 'openai' })
    const response = await postTo(gateway.url, endpointOf(shape).path, { model, ...body })
    expect(response.status).toBe(200)
    expect(callsTo(upstream)[0]?.body).toContain(mail)
    const [decided] = gateway.records('request.decided')
    expect(decided).toMatchObject({ decision: 'allow' })
    expect(JSON.stringify(decided)).not.toContain(mail)
    const policies = decided?.['policies'] as { policy: string; findings: object[] }[]
    expect(policies.find(({ policy }) => policy === 'pii-detector')?.findings).toMatchObject([
      { type: 'EMAIL_ADDRESS', address, note: 'not_editable' },
    ])
  })
})
