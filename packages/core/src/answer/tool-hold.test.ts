import { describe, expect, it } from 'vitest'
import { createEngine } from '../engine/create-engine.ts'
import { say, secret } from '../fixtures/test-calls.ts'
import { chainOf, policyOf } from '../fixtures/test-chain.ts'
import type { ApiShape } from '../message/segment.ts'
import type { PolicyDefinition, ToolUse } from '../policies/policy.ts'

/** Refuses tools whose name or arguments hold "bad", and notes what it was asked. */
function toolPolicy(asked: ToolUse[] = []) {
  return policyOf(
    {
      judgeTool: (tool) => {
        asked.push(tool)
        const isBad = `${tool.name} ${tool.arguments}`.includes('bad')
        return isBad ? { message: 'This tool is not for you' } : null
      },
    },
    { kind: 'tool-policy', reasonCode: 'tool_refused' },
  )
}

const delta = (part: object, index = 0, finish: string | null = null) => ({
  choices: [{ index, delta: part, finish_reason: finish }],
})
const piece = (index: number, call: object) => delta({ tool_calls: [{ index, ...call }] })
const named = (name: string, args = '') => ({ function: { name, arguments: args } })
const args = (text: string) => ({ function: { arguments: text } })

interface Options {
  readonly shape?: ApiShape
  readonly held?: readonly number[]
  readonly mode?: 'enforce' | 'monitor'
  readonly also?: readonly PolicyDefinition[]
}

/** What goes out for these events, before the end and at it. */
async function release(events: readonly object[], options: Options = {}) {
  const { shape = 'chat.completions', held = [], mode = 'enforce', also = [] } = options
  const asked: ToolUse[] = []
  const engine = createEngine(chainOf(...also, { definition: toolPolicy(asked), mode }))
  const guard = engine.guardResponse<number>({ shape })
  const early: unknown[] = []
  for (const [at, event] of events.entries())
    for (const { source } of await guard.push(JSON.stringify(event), at, held.includes(at)))
      early.push(JSON.parse(source))
  const { released, decision } = await guard.end()
  return { early, late: released.map(({ source }) => JSON.parse(source)), decision, asked }
}

describe('a call in a chat stream', () => {
  it('waits from its first piece until the end, while texts go on', async () => {
    const events = [
      delta({ role: 'assistant', content: 'Let me ' }),
      piece(0, { id: 'c1', type: 'function', ...named('look') }),
      delta({ content: 'see' }),
      piece(0, args('{"a":')),
      delta({ content: 'other' }, 1),
      piece(0, args('1}')),
    ]
    const { early, late, decision, asked } = await release(events)
    expect(early).toEqual([events[0], events[2], events[4]])
    expect(late).toEqual([events[1], events[3], events[5]])
    expect(decision.outcome).toBe('allow')
    expect(asked).toEqual([
      {
        ...{ use: 'called', name: 'look', arguments: '{"a":1}' },
        address: 'choices[0].message.tool_calls[0]',
      },
    ])
  })

  it('never goes out when it is refused, nor does any other call', async () => {
    const events = [
      delta({ content: 'Let me ' }),
      piece(1, { id: 'c1', ...named('look') }),
      piece(0, { id: 'c2', ...named('ba') }),
      piece(0, named('d')),
      delta({ content: 'see' }),
    ]
    const { early, late, decision } = await release(events)
    expect(early).toEqual([events[0], events[4]])
    expect(late).toEqual([])
    expect(decision).toMatchObject({
      ...{ outcome: 'block', policy: 'tool-policy', reason: 'tool_refused' },
      param: 'choices[0].message.tool_calls[0]',
    })
  })

  it('goes out with its whole name in the first piece', async () => {
    const { late } = await release([piece(0, named('lo')), piece(0, named('ok', '{}'))])
    expect(late).toEqual([piece(0, named('look')), piece(0, named('', '{}'))])
  })

  it('is judged by the name that goes out when the event that ends the answer begins it', async () => {
    const last = delta({ tool_calls: [{ index: 0, ...named('good', '{}') }] }, 0, 'tool_calls')
    const { early, asked } = await release([last, piece(0, named('bad'))], { held: [0] })
    expect(early.at(-1)).toMatchObject({ choices: [{ finish_reason: 'tool_calls' }] })
    expect(asked).toMatchObject([{ name: 'good', arguments: '{}' }])
  })

  it('keeps what follows waiting when a text stands in its event', async () => {
    const events = [
      delta({ content: 'a', tool_calls: [{ index: 0, ...named('look', '{}') }] }),
      delta({ content: 'b' }),
    ]
    const { early, late } = await release(events)
    expect(early).toEqual([])
    expect(late).toEqual(events)
  })

  it('is judged as it goes out: redacted', async () => {
    const events = [piece(0, named('look', '{"a":"sec')), piece(0, args('ret"}'))]
    const { late, asked } = await release(events, { also: [secret] })
    expect(asked.map((tool) => tool.arguments)).toEqual(['{"a":"[X]"}'])
    expect(JSON.stringify(late)).not.toContain('sec')
  })

  it.each([
    ['a function call', delta({ function_call: { name: 'bad', arguments: '{}' } })],
    ['a custom tool', piece(0, { type: 'custom', custom: { name: 'bad', input: 'x' } })],
    ['a name beside the function', piece(0, { name: 'bad', ...named('look') })],
    ['a part of the content', delta({ content: [{ type: 'tool_use', name: 'bad', input: {} }] })],
    ['a whole message', { choices: [{ index: 0, message: { tool_calls: [named('bad')] } }] }],
    ['a message beside the choices', { delta: { tool_calls: [{ index: 0, ...named('bad') }] } }],
    ['an event of another API', { item: { type: 'mcp_call', name: 'bad', arguments: '{}' } }],
  ])('is found as %s', async (_, event) => {
    const { early, late, decision } = await release([event])
    expect([...early, ...late]).toEqual([])
    expect(decision.outcome).toBe('block')
  })

  it('has no name when none came, and is judged all the same', async () => {
    const { asked } = await release([piece(0, { id: 'c1' })])
    expect(asked).toMatchObject([{ name: '', arguments: '' }])
  })

  it('never waits for a policy that only monitors', async () => {
    const events = [piece(0, named('bad')), delta({ content: 'x' })]
    const { early, decision } = await release(events, { mode: 'monitor' })
    expect(early).toEqual(events)
    expect(decision).toMatchObject({
      outcome: 'allow',
      policies: [{ policy: 'tool-policy', verdict: 'would_block', reason: 'tool_refused' }],
    })
  })

  it('stops the answer when it is larger than can be judged', async () => {
    const events = Array.from({ length: 5 }, () => piece(0, args('x'.repeat(1024 * 1024))))
    const { early, late, decision } = await release([piece(0, named('look')), ...events])
    expect([...early, ...late]).toEqual([])
    expect(decision).toMatchObject({ outcome: 'block', reason: 'tool_call_too_large' })
  })
})

describe('a call in a stream of the Responses API', () => {
  const item = (over: object = {}) => ({
    ...{ type: 'function_call', id: 'fc', call_id: 'c', name: 'look', arguments: '' },
    ...over,
  })
  const added = { type: 'response.output_item.added', output_index: 0, item: item() }
  const part = (text: string) => ({
    ...{ type: 'response.function_call_arguments.delta', output_index: 0, delta: text },
  })
  const full = (text: string) => ({
    ...{ type: 'response.function_call_arguments.done', output_index: 0, arguments: text },
  })
  const done = (over: object) => ({
    ...{ type: 'response.output_item.done', output_index: 0, item: item(over) },
  })
  const completed = (output: object[]) => ({ type: 'response.completed', response: { output } })
  const shape = 'responses'

  it('goes out when its item is complete', async () => {
    const events = [
      added,
      part('{"a"'),
      part(':1}'),
      full('{"a":1}'),
      done({ arguments: '{"a":1}' }),
    ]
    const end = completed([item({ arguments: '{"a":1}' })])
    const { early, late, asked } = await release([...events, end], { shape, held: [5] })
    expect(early).toEqual([...events, end])
    expect(late).toEqual([])
    expect(asked).toMatchObject([{ name: 'look', arguments: '{"a":1}', address: 'output[0]' }])
  })

  it.each([
    ['its pieces', [added, part('bad'), done({ arguments: '{}' })]],
    ['its arguments repeated', [added, part('{}'), full('bad'), done({ arguments: '{}' })]],
    ['its item when it is done', [added, part('{}'), done({ name: 'bad', arguments: '{}' })]],
    ['the name that it began with', [{ ...added, item: item({ name: 'bad' }) }, part('{}')]],
    ['an item that only comes whole', [done({ name: 'bad' })]],
    [
      'a tool of the server',
      [done({ type: 'web_search_call', name: undefined, action: { q: 'bad' } })],
    ],
    ['an approval that is asked for', [done({ type: 'mcp_approval_request', name: 'bad' })]],
  ])('is refused by %s', async (_, events) => {
    const { early, late, decision } = await release([{ type: 'response.created' }, ...events], {
      shape,
    })
    expect([...early, ...late]).toEqual([{ type: 'response.created' }])
    expect(decision).toMatchObject({ outcome: 'block', param: 'output[0]' })
  })

  it('is refused by what the end repeats of it', async () => {
    const events = [
      added,
      part('{}'),
      done({ arguments: '{}' }),
      completed([item({ arguments: 'bad' })]),
    ]
    const { early, decision } = await release(events, { shape, held: [3] })
    expect(early).toEqual(events.slice(0, 3))
    expect(decision.outcome).toBe('block')
  })
})

describe('a whole answer', () => {
  const check = async (body: object, shape: ApiShape = 'chat.completions') => {
    const engine = createEngine(chainOf(toolPolicy()))
    return engine.checkResponse({ shape, source: JSON.stringify(body) })
  }

  it.each([
    ['a later choice', { choices: [{ message: {} }, { message: { tool_calls: [named('bad')] } }] }],
    ['a later call', { choices: [{ message: { tool_calls: [named('a'), named('bad')] } }] }],
    ['a function call', { choices: [{ message: { function_call: { name: 'bad' } } }] }],
  ])('is refused for %s', async (_, body) => {
    expect(await check(body)).toMatchObject({ outcome: 'block', reason: 'tool_refused' })
  })

  it('is refused for an item', async () => {
    const output = [{ type: 'message' }, { type: 'custom_tool_call', name: 'x', input: 'bad' }]
    expect(await check({ output }, 'responses')).toMatchObject({ param: 'output[1]' })
  })

  it('passes with calls that nobody refuses, byte for byte', async () => {
    const body = { choices: [{ message: { tool_calls: [named('look', '{"a": 1e400}')] } }] }
    const decision = await check(body)
    expect(decision).toMatchObject({ outcome: 'allow', body: { changed: false } })
  })
})

describe('a request', () => {
  const engine = createEngine(chainOf(toolPolicy()))
  const source = (body: object) => JSON.stringify({ messages: [say('hi')], ...body })
  const chat = (body: object) =>
    engine.checkRequest({ shape: 'chat.completions', source: source(body) })

  it.each([
    ['offers one', { tools: [{ type: 'function', function: { name: 'bad' } }] }, 'tools[0]'],
    ['offers a function', { functions: [{ name: 'a' }, { name: 'bad' }] }, 'functions[1]'],
    ['offers a custom one', { tools: [{ type: 'custom', custom: { name: 'bad' } }] }, 'tools[0]'],
    ['forces one', { tool_choice: { type: 'function', function: { name: 'bad' } } }, 'tool_choice'],
    ['forces a function', { function_call: { name: 'bad' } }, 'function_call'],
    [
      'limits the choice',
      { tool_choice: { type: 'allowed_tools', allowed_tools: { tools: [{ name: 'bad' }] } } },
      'tool_choice.allowed_tools.tools[0]',
    ],
    [
      'called one before',
      { messages: [say('hi'), { role: 'assistant', tool_calls: [named('bad')] }] },
      'messages[1].tool_calls[0]',
    ],
  ])('is refused when it %s', async (_, body, param) => {
    expect(await chat(body)).toMatchObject({ outcome: 'block', param })
  })

  it('passes with a choice that names none', async () => {
    for (const tool_choice of ['auto', 'none', 'required', null, { type: 'auto' }])
      expect(await chat({ tool_choice, function_call: 'auto' })).toMatchObject({ outcome: 'allow' })
  })

  it('shows a policy the tools of a Responses request by their names and types', async () => {
    const asked: ToolUse[] = []
    const tools = [
      { type: 'function', name: 'f' },
      { type: 'web_search' },
      { type: 'mcp', server_label: 'docs', allowed_tools: { tool_names: ['read'] } },
      { type: 'namespace', name: 'n', tools: [{ type: 'function', name: 'inner' }] },
    ]
    const input = [
      { type: 'function_call', name: 'f', arguments: '{}' },
      { type: 'web_search_call', action: { query: 'x' } },
      { type: 'mcp_list_tools', server_label: 'docs', tools: [{ name: 'read' }] },
      { type: 'function_call_output', output: 'x' },
    ]
    await createEngine(chainOf(toolPolicy(asked))).checkRequest({
      shape: 'responses',
      source: JSON.stringify({ tools, tool_choice: { type: 'web_search' }, input }),
    })
    expect(asked.map(({ use, name }) => `${use} ${name}`)).toEqual([
      ...['offered f', 'offered web_search', 'offered docs', 'offered read', 'offered n'],
      ...['offered inner', 'forced web_search', 'offered read', 'earlier f', 'earlier web_search'],
    ])
  })

  it('is shown to the library with its tools, and so is its answer', async () => {
    const asked: ToolUse[] = []
    const library = createEngine(chainOf(toolPolicy(asked)))
    const request = await library.evaluateRequest({
      messages: [say('hi')],
      tools: [{ type: 'function', function: { name: 'f' } }],
    })
    if (request.outcome === 'block') throw new Error('nothing is refused here')
    const tool_calls = [{ function: { name: 'bad', arguments: '{}' } }]
    const answer = await request.evaluateResponse({ messages: [{ role: 'assistant', tool_calls }] })
    expect(answer).toMatchObject({ outcome: 'block', param: 'messages[0].tool_calls[0]' })
    expect(asked.map(({ use }) => use)).toEqual(['offered', 'called'])
  })
})

describe('a call in a stream of the library', () => {
  const stream = async (name: string) => {
    const request = await createEngine(chainOf(toolPolicy())).evaluateRequest({
      messages: [say('hi')],
    })
    if (request.outcome === 'block') throw new Error('nothing is refused here')
    const guard = request.guardStream()
    const early = [
      guard.push({ field: 'content' }, 'text'),
      guard.push({ field: 'name' }, name),
      guard.push({ field: 'arguments' }, '{"a"'),
      guard.push({ field: 'arguments' }, ':1}'),
    ]
    return { early, ...(await guard.end()) }
  }

  it('is given out whole at the end', async () => {
    const { early, released } = await stream('look')
    expect(early).toEqual(['text', '', '', ''])
    expect(released).toEqual([
      { place: { field: 'name' }, text: 'look' },
      { place: { field: 'arguments' }, text: '{"a":1}' },
    ])
  })

  it('is not given out when it is refused', async () => {
    const { released, decision } = await stream('bad')
    expect(released).toEqual([])
    expect(decision).toMatchObject({ outcome: 'block', param: 'choices[0].message.tool_calls[0]' })
  })
})
