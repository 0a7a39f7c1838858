import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createEngine } from '../engine/create-engine.ts'
import { chainOf, policyOf } from '../fixtures/test-chain.ts'
import type { ApiShape } from '../message/segment.ts'

const denying = policyOf({
  judgeTool: ({ name, arguments: text }) =>
    name === 'drop' || name === '' || (text?.includes('evil') ?? false)
      ? { reason: 'tool_denied', message: 'no' }
      : null,
})
const engine = createEngine(chainOf(denying))

const chunk = (delta: object, index = 0) => ({ choices: [{ index, delta, finish_reason: null }] })
const call = (index: number, fn: object) => ({ tool_calls: [{ index, function: fn }] })

/** What goes out after each event, at the end, and the decision. */
async function stream(
  events: readonly object[],
  { shape = 'chat.completions' as ApiShape, by = engine } = {},
) {
  const guard = by.guardResponse<number>({ shape })
  const steps: string[][] = []
  for (const [at, event] of events.entries())
    steps.push((await guard.push(JSON.stringify(event), at)).map(({ source }) => source))
  const { released, decision } = await guard.end()
  return { steps, rest: released.map(({ source }) => source), decision }
}

describe('calls in a chat stream', () => {
  it('wait for the end while text goes on, and then go out byte for byte', async () => {
    const events = [
      chunk(call(0, { name: 'look', arguments: '' })),
      chunk({ content: 'hi' }),
      chunk(call(0, { arguments: '{"a":1}' })),
    ]
    const { steps, rest, decision } = await stream(events)
    expect(steps).toEqual([[], [JSON.stringify(events[1])], []])
    expect(rest).toEqual([events[0], events[2]].map((event) => JSON.stringify(event)))
    expect(decision.outcome).toBe('allow')
  })

  it('never go out when one is refused; the place of the call is told', async () => {
    const events = [
      chunk({ content: 'hi' }),
      chunk(call(0, { name: 'look', arguments: '{}' })),
      chunk(call(1, { name: 'dr' })),
      chunk(call(1, { name: 'op', arguments: '{}' })),
    ]
    const { steps, rest, decision } = await stream(events)
    expect([...steps.flat(), ...rest]).toEqual([JSON.stringify(events[0])])
    const param = 'choices[0].message.tool_calls[1]'
    expect(decision).toMatchObject({ outcome: 'block', reason: 'tool_denied', param })
  })

  it('go out under the name that was judged, however clients put it together', async () => {
    const { rest } = await stream([
      chunk(call(0, { name: 'safe' })),
      chunk(call(0, { name: 'drop', arguments: '{}' })),
    ])
    const names = rest.map(
      (source) => JSON.parse(source).choices[0].delta.tool_calls[0].function.name,
    )
    expect(names).toEqual(['safedrop', ''])
  })

  it('are refused like those of the whole answer, in any cutting and order', async () => {
    const names = fc.constantFrom('look', 'drop', '')
    const texts = fc.constantFrom('{}', '{"a":"evil"}', '{"a":"\\ud83d"', '"')
    const calls = fc.array(fc.record({ choice: fc.nat(1), name: names, text: texts }), {
      maxLength: 4,
    })
    await fc.assert(
      fc.asyncProperty(calls, fc.array(fc.nat(5), { maxLength: 12 }), async (made, cuts) => {
        const whole = await engine.checkResponse({
          shape: 'chat.completions',
          source: JSON.stringify({
            choices: [0, 1].map((index) => ({
              index,
              message: {
                tool_calls: made.flatMap(({ choice, name, text }, at) =>
                  choice === index ? [{ index: at, function: { name, arguments: text } }] : [],
                ),
              },
            })),
          }),
        })
        const { rest, steps, decision } = await stream(interleave(made, cuts))
        expect(decision.outcome).toBe(whole.outcome)
        if (decision.outcome === 'block') expect([...steps.flat(), ...rest]).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})

type Made = { readonly choice: number; readonly name: string; readonly text: string }

/** The pieces of all calls, a piece of each in turn: names first, then arguments. */
function interleave(calls: readonly Made[], cuts: readonly number[]): object[] {
  const queues = calls.map(({ choice, name, text }, index) => [
    ...pieces(name, cuts).map((piece) => chunk(call(index, { name: piece }), choice)),
    ...pieces(text, cuts).map((piece) => chunk(call(index, { arguments: piece }), choice)),
  ])
  const longest = Math.max(0, ...queues.map(({ length }) => length))
  return Array.from({ length: longest }, (_, at) =>
    queues.flatMap((queue) => queue[at] ?? []),
  ).flat()
}

function pieces(text: string, cuts: readonly number[]): string[] {
  const at = [...new Set([0, ...cuts.filter((cut) => cut < text.length), text.length])].sort(
    (a, b) => a - b,
  )
  return text === ''
    ? ['']
    : at.slice(0, -1).map((start, index) => text.slice(start, at[index + 1]))
}

describe('calls in a stream of the Responses API', () => {
  const item = (name: string, text: string) => ({
    type: 'function_call',
    id: 'i',
    call_id: 'c',
    name,
    arguments: text,
  })
  const events = (name: string, text: string, done = text) => [
    { type: 'response.output_item.added', output_index: 0, item: item(name, '') },
    { type: 'response.function_call_arguments.delta', output_index: 0, item_id: 'i', delta: text },
    {
      type: 'response.function_call_arguments.done',
      output_index: 0,
      item_id: 'i',
      arguments: done,
    },
    { type: 'response.output_item.done', output_index: 0, item: item(name, done) },
  ]

  it('go out when their item is complete', async () => {
    const { steps, decision } = await stream(events('look', '{}'), { shape: 'responses' })
    expect(steps.map(({ length }) => length)).toEqual([0, 0, 0, 4])
    expect(decision.outcome).toBe('allow')
  })

  it.each([
    ['a name', events('drop', '{}')],
    ['arguments', events('look', '"evil"')],
    ['pieces that the end does not repeat', events('look', '"evil"', '{}')],
    ['an end that the pieces do not say', events('look', '{}', '"evil"')],
    [
      'a call that the response alone tells',
      [{ type: 'response.completed', response: { output: [item('drop', '{}')] } }],
    ],
  ])('are refused for %s', async (_, list) => {
    const { steps, rest, decision } = await stream(list, { shape: 'responses' })
    expect([...steps.flat(), ...rest]).toEqual([])
    expect(decision).toMatchObject({ outcome: 'block', param: 'output[0]' })
  })
})

it('a policy that only monitors tools holds nothing and says what it would do', async () => {
  const by = createEngine(chainOf({ definition: denying, mode: 'monitor' }))
  const { steps, decision } = await stream([chunk(call(0, { name: 'drop' }))], { by })
  expect(steps).toEqual([[JSON.stringify(chunk(call(0, { name: 'drop' })))]])
  expect(decision.policies[0]).toMatchObject({ verdict: 'would_block', reason: 'tool_denied' })
})

it.each<[string, object, string]>([
  ['offered', { tools: [{ type: 'function', function: { name: 'drop' } }] }, 'tools[0]'],
  [
    'offered flat',
    { tools: [{ type: 'web_search' }, { type: 'function', name: 'drop' }] },
    'tools[1]',
  ],
  [
    'offered by a server',
    { tools: [{ type: 'mcp', server_label: 's', allowed_tools: ['drop'] }] },
    'tools[0]',
  ],
  ['offered the old way', { functions: [{ name: 'drop' }] }, 'functions[0]'],
  ['forced', { tool_choice: { type: 'function', function: { name: 'drop' } } }, 'tool_choice'],
  [
    'called before',
    {
      messages: [
        { role: 'assistant', tool_calls: [{ function: { name: 'drop', arguments: '' } }] },
      ],
    },
    'messages[0].tool_calls[0]',
  ],
])('a request with a tool that is %s is refused at its place', async (_, body, param) => {
  const request = { model: 'm', messages: [{ role: 'user', content: 'x' }], ...body }
  const decision = await engine.checkRequest({
    shape: 'chat.completions',
    source: JSON.stringify(request),
  })
  expect(decision).toMatchObject({ outcome: 'block', reason: 'tool_denied', param })
})

it('a stream of a library caller gives arguments out at the end, once they were judged', async () => {
  const decision = await engine.evaluateRequest({ messages: [{ role: 'user', content: 'x' }] })
  if (decision.outcome === 'block') throw new Error('refused')
  for (const [name, released] of [
    ['look', 1],
    ['drop', 0],
  ] as const) {
    const guard = decision.guardStream()
    expect(guard.push({ field: 'arguments', name }, '{}')).toBe('')
    expect((await guard.end()).released).toHaveLength(released)
  }
})
