import { describe, expect, it } from 'vitest'
import { createEngine } from '../engine/create-engine.ts'
import type { Engine } from '../engine/engine.ts'
import { turnMs } from '../engine/pacer.ts'
import { bomb, say, secret } from '../fixtures/test-calls.ts'
import { chainOf, policyOf, wordPolicy } from '../fixtures/test-chain.ts'
import { workTime } from '../fixtures/work-time.ts'

const engine = createEngine(chainOf(secret))

const chunk = (index: number, delta: object, more: object = {}) => ({
  ...{ id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'm' },
  choices: [{ index, delta, finish_reason: null }],
  ...more,
})

/** What goes out for events that come in, the ones named by `held` being held. */
async function release(events: readonly object[], { held = [] as number[], by = engine } = {}) {
  const guard = by.guardResponse<number>({ shape: 'chat.completions' })
  const out: { json: ReturnType<typeof JSON.parse>; event: number; changed: boolean }[] = []
  for (const [at, event] of events.entries())
    for (const { source, ...rest } of await guard.push(
      JSON.stringify(event),
      at,
      held.includes(at),
    ))
      out.push({ json: JSON.parse(source), ...rest })
  const { released, decision } = await guard.end()
  for (const { source, ...rest } of released) out.push({ json: JSON.parse(source), ...rest })
  return { out, decision, guard }
}

describe('the events of a streamed answer', () => {
  it('carry the edited text, event by event, without logprobs', async () => {
    const events = ['a se', 'cre', 't.'].map((content) => {
      const [choice] = chunk(0, { content }).choices
      return { choices: [{ ...choice, logprobs: { content: [1] } }] }
    })
    const { out, decision } = await release(events)
    expect(out.map(({ json }) => json.choices[0].delta.content)).toEqual(['a ', '', '[X].'])
    expect(out.map(({ json }) => json.choices[0].logprobs)).toEqual([null, null, null])
    expect(decision).toMatchObject({ outcome: 'redact', direction: 'response' })
  })

  it('go out as they came when nothing in them is edited or held back', async () => {
    const events = [chunk(0, { role: 'assistant', content: '' }), chunk(0, { content: 'a b ' })]
    const { out } = await release(events)
    expect(out.map(({ changed }) => changed)).toEqual([false, false])
  })

  it('are followed by what was held back, in an event of its own without names and ids', async () => {
    const call = { id: 'call_1', type: 'function', function: { name: 'f', arguments: '{"a":"se' } }
    const events = [
      chunk(0, { role: 'assistant', content: 'a sec' }, { usage: { n: 1 }, odd: 'secret' }),
      chunk(1, { tool_calls: [{ index: 2, ...call }] }),
    ]
    const { out } = await release(events)
    expect(out.slice(2).map(({ json }) => json)).toEqual([
      chunk(0, { content: 'sec' }),
      chunk(1, { tool_calls: [{ index: 2, type: 'function', function: { arguments: 'se' } }] }),
    ])
  })

  it('let their text go before an event that ends the answer', async () => {
    const last = {
      ...chunk(0, {}),
      choices: [{ index: 0, delta: { content: 'ret!' }, finish_reason: 'stop' }],
    }
    const { out } = await release([chunk(0, { content: 'a sec' }), last], { held: [1] })
    expect(out.map(({ json }) => json.choices[0])).toEqual([
      { index: 0, delta: { content: 'a ' }, finish_reason: null },
      { index: 0, delta: { content: '[X]!' }, finish_reason: null },
      { index: 0, delta: { content: '' }, finish_reason: 'stop' },
    ])
    expect(out.map(({ event }) => event)).toEqual([0, 1, 1])
  })

  it('leave settings and results beside the pieces whole in each event', async () => {
    const filter = { content_filter_results: { hate: { severity: 'sec' } } }
    const events = [0, 1].map(() => ({
      ...chunk(0, { content: 'x', annotations: [{ title: 'sec' }] }, { obfuscation: 'sec' }),
      choices: [{ index: 0, delta: { annotations: [{ title: 'sec' }] }, ...filter }],
    }))
    const { out } = await release(events)
    expect(out.map(({ json }) => json)).toEqual(events)
  })

  it('come to the same whether they repeat each other but for their text or not', async () => {
    const text = 'a secret, "sécret" and se\u2028cret secretsecret 😀'
    const more = { logprobs: { content: [{ token: 'x' }] }, odd: 'secret' }
    const events = (vary: boolean) =>
      text.split('').map((content, at) => {
        const [choice] = chunk(0, { content }).choices
        return { ...chunk(0, {}), ...(vary && { at }), choices: [{ ...choice, ...more }] }
      })
    const [alike, different] = [await release(events(false)), await release(events(true))]
    const contents = ({ out }: typeof alike) => out.map(({ json }) => json.choices[0].delta.content)
    expect(contents(alike)).toEqual(contents(different))
    expect(contents(alike).join('')).toBe(text.replaceAll('secret', '[X]'))
    for (const { json } of alike.out.slice(0, text.length))
      expect(json.choices[0]).toMatchObject({ logprobs: null, odd: '[X]' })
  })

  it('are looked at in all choices, each by itself', async () => {
    const { out } = await release([
      ...[chunk(0, { content: 'sec' }), chunk(1, { content: 'ret ' })],
      ...[chunk(1, { content: 'secret' }), chunk(0, { content: 'ret' })],
    ])
    expect(out.map(({ json }) => json.choices[0].delta.content)).toEqual(['', 'ret ', '[X]', '[X]'])
  })

  it('end with a block: nothing of the event or of a later one goes out', async () => {
    const by = createEngine(chainOf(secret, bomb))
    const body = JSON.stringify({ messages: [say('a secret')] })
    const request = await by.checkRequest({
      shape: 'chat.completions',
      source: body,
      requestId: 'req_1',
    })
    const guard = by.guardResponse<number>({ shape: 'chat.completions', request })
    expect(await guard.push(JSON.stringify(chunk(0, { content: 'a bo' })), 0)).toHaveLength(1)
    expect(await guard.push(JSON.stringify(chunk(0, { content: 'mb and' })), 1)).toEqual([])
    expect(guard.block).toMatchObject({ policy: 'blocker', param: 'choices[0].message.content' })
    expect(await guard.push(JSON.stringify(chunk(0, { content: 'more' })), 2)).toEqual([])
    expect(await guard.end()).toMatchObject({
      released: [],
      decision: {
        ...{ outcome: 'block', policy: 'blocker' },
        event: {
          ...{ type: 'request.completed', request_id: 'req_1', decision: 'block' },
          refs: { decided: request.event.id },
        },
      },
    })
  })

  it('are refused when there are more texts than can be looked after', async () => {
    const choices = Array.from({ length: 5000 }, (_, index) => ({ index, delta: { content: 'x' } }))
    const guard = engine.guardResponse<number>({ shape: 'chat.completions' })
    await expect(guard.push(JSON.stringify({ choices }), 0)).rejects.toMatchObject({
      code: 'validation_error',
    })
  })
})

describe('a policy that cannot stream', () => {
  const whole = wordPolicy({ secret: '[X]' }).create({})
  const gathering = policyOf({ ...(whole.inspect && { inspect: whole.inspect }) })

  it('is named by the engine, and gets the whole text before any of it goes out', async () => {
    const by: Engine = createEngine(chainOf(gathering))
    expect(by.gathersResponses).toEqual(['test-policy'])
    const { out } = await release([chunk(0, { content: 'a sec' }), chunk(0, { content: 'ret' })], {
      by,
    })
    expect(out.map(({ json }) => json.choices[0].delta.content)).toEqual(['', '', 'a [X]'])
  })

  it('is asked about the call as a whole before anything goes out', async () => {
    const by = createEngine(chainOf(policyOf({ judge: () => ({ message: 'no' }) })))
    const { out, decision } = await release([chunk(0, { content: 'hello' })], { by })
    expect(out.map(({ json }) => json.choices[0].delta.content)).toEqual([''])
    expect(decision).toMatchObject({ outcome: 'block', policy: 'test-policy', message: 'no' })
  })
})

describe('a policy that breaks', () => {
  const broken = policyOf({
    scan: () => ({
      push: (text) => {
        if (text.includes('x')) throw new Error('broken')
        return { found: [], decided: 0 }
      },
      end: () => ({ found: [], decided: 0 }),
    }),
  })

  it('stops the answer, and lets nothing of it out that it did not look at', async () => {
    const { out, decision } = await release(
      [chunk(0, { content: 'a' }), chunk(0, { content: 'x' })],
      {
        by: createEngine(chainOf(broken)),
      },
    )
    expect(out.map(({ json }) => json.choices[0].delta.content)).toEqual([''])
    expect(decision).toMatchObject({ outcome: 'block', reason: 'policy_failed' })
  })

  it('is passed by and reported with failMode allow', async () => {
    const { out, decision } = await release(
      [chunk(0, { content: 'a' }), chunk(0, { content: 'x' })],
      {
        by: createEngine(chainOf(broken), { failMode: 'allow' }),
      },
    )
    expect(out.map(({ json }) => json.choices[0].delta.content)).toEqual(['', 'ax'])
    expect(decision).toMatchObject({ outcome: 'allow', policies: [{ verdict: 'error' }] })
  })
})

describe('what a review of streams found', () => {
  it('a name of a tool that comes in pieces is looked at as far as it has come', async () => {
    const by = createEngine(chainOf(bomb))
    const call = (name: string) => chunk(0, { tool_calls: [{ index: 0, function: { name } }] })
    const { decision } = await release([call('bo'), call('mb')], { by })
    expect(decision).toMatchObject({ outcome: 'block' })
  })

  it('a long piece is looked at in slices, between which other work gets its turn', async () => {
    const text = 'no word of it is found '.repeat(10_000)
    let seen = 0
    const scanner = {
      push(piece: string) {
        // Longer than a turn of the event loop, whatever the machine.
        for (const begun = performance.now(); performance.now() - begun < turnMs + 1; );
        seen += piece.length
        return { found: [], decided: seen }
      },
      end: () => ({ found: [], decided: seen }),
    }
    const by = createEngine(chainOf(policyOf({ inspect: () => [], scan: () => scanner })))
    let turns = 0
    let on = true
    const tick = () => {
      turns += 1
      if (on) setImmediate(tick)
    }
    setImmediate(tick)
    const { out } = await release([chunk(0, { content: text })], { by })
    on = false
    expect(out.map(({ json }) => json.choices[0].delta.content).join('')).toBe(text)
    expect(turns).toBeGreaterThan(10)
  })

  it('a key that was found once as an id is not shown in addresses', async () => {
    const { decision } = await release([
      { ...chunk(0, { content: 'x' }), id: 'secret' },
      chunk(0, { metadata: { secret: 'secret' } }),
    ])
    expect(JSON.stringify(decision)).not.toContain('secret')
  })

  it('many keys that become the same take time that grows with their number', async () => {
    const time = async (count: number) => {
      const keys = Array.from({ length: count }, (_, at) => `"secret${' '.repeat(at % 3)}":${at}`)
      const args = `{${keys.map((key, at) => `"x":{${key}},"${at}":{${key}}`).join(',')}}`
      const same = `{${Array.from({ length: count }, (_, at) => `"s\\u0065cret":${at}`).join(',')}}`
      return workTime(async () => {
        for (const text of [args, same])
          await release([chunk(0, { tool_calls: [{ index: 0, function: { arguments: text } }] })])
      })
    }
    const [short, long] = [await time(500), await time(5000)]
    expect(long / Math.max(short, 2)).toBeLessThan(40)
  })

  it('what stands around texts is kept within bounds', async () => {
    const guard = engine.guardResponse<number>({ shape: 'chat.completions' })
    const ids = async () => {
      for (let at = 0; at < 1000; at += 1) {
        const event = { ...chunk(at, { content: 'x' }), model: 'm'.repeat(10_000) }
        await guard.push(JSON.stringify(event), at)
      }
    }
    await expect(ids()).rejects.toMatchObject({ code: 'validation_error' })
  })
})
