import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '../../../json/parse-json.ts'
import { readEvents } from '../../../sse/read-events.ts'
import { SseSyntaxError } from '../../../sse/sse-reader.ts'
import type { ProviderCall } from '../../provider.ts'
import { readAgentAnswer } from './agent-answer.ts'
import { readAgentStream } from './agent-stream.ts'
import { foldStream } from './fold-stream.ts'

const call = { body: '{}', model: 'm', requestId: 'req_1' } as ProviderCall
const context = { call, now: 1_700_000_000_000 }
const head = { id: 'chatcmpl-req_1', created: 1_700_000_000, model: 'm', includeUsage: false }

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
const message = fc.record({ kind: fc.constant('message' as const), text })
const own = fc.record({ kind: fc.constant('own tool' as const), text })
const open = fc.record({ kind: fc.constant('call' as const), text })
const thought = fc.record({ kind: fc.constant('reasoning' as const), text })
const steps = fc.array(fc.oneof(message, own, open, thought), { minLength: 1, maxLength: 6 })

type Step = { readonly kind: string; readonly text: string }

function itemsOf({ kind, text }: Step, at: number): Json[] {
  const call = { type: 'function_call', id: `fc_${at}`, call_id: `call_${at}`, name: 'f' }
  if (kind === 'message')
    return [{ type: 'message', id: `m_${at}`, content: [{ type: 'output_text', text }] }]
  if (kind === 'reasoning')
    return [{ type: 'reasoning', id: `r_${at}`, summary: [{ type: 'summary_text', text }] }]
  const called = { ...call, arguments: JSON.stringify({ text }) }
  const answered = { type: 'function_call_output', call_id: `call_${at}`, output: text }
  return kind === 'call' ? [called] : [called, answered]
}

/** The events about an item: whole, or its text in code points of its own, with or without the repetition at the end. */
function eventsOf(item: Json, inPieces: boolean): Json[] {
  const done = { type: 'response.output_item.done', item }
  const field = item['type'] === 'message' ? 'content' : 'summary'
  const [part] = (item[field] ?? []) as { text: string }[]
  if (!inPieces || !part) return [done]
  const type =
    field === 'content' ? 'response.output_text.delta' : 'response.reasoning_summary_text.delta'
  return [...[...part.text].map((delta) => ({ type, item_id: item['id'], delta })), done]
}

async function fold(events: readonly Json[], cuts: readonly number[]) {
  const lines = events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')
  const bytes = Buffer.from(`${lines}data: [DONE]\n\n`)
  const ends = [...new Set(cuts.map((cut) => cut % bytes.length)), bytes.length]
  ends.sort((a, b) => a - b)
  const chunks = (async function* () {
    for (const [at, end] of ends.entries()) yield bytes.subarray(ends[at - 1] ?? 0, end)
  })()
  const { text } = await foldStream(readAgentStream(readEvents(chunks, 1_000_000), head), context)
  return JSON.parse(text).choices
}

describe('a stream of an agent', () => {
  it('says what the whole answer says, however it is cut and whatever is repeated', async () => {
    await fc.assert(
      fc.asyncProperty(
        steps,
        fc.boolean(),
        fc.boolean(),
        fc.array(fc.nat()),
        async (given, inPieces, repeats, cuts) => {
          const items = given.flatMap(itemsOf)
          const plain = readAgentAnswer(Buffer.from(JSON.stringify({ output: items })), context)
          const events = items.flatMap((item) => eventsOf(item, inPieces))
          if (repeats) events.push({ type: 'response.completed', response: { output: items } })
          expect(await fold(events, cuts)).toEqual(JSON.parse(plain.text).choices)
        },
      ),
      { numRuns: 200 },
    )
  })

  const textItem = (id: string, text: string) => ({
    type: 'message',
    id,
    content: [{ type: 'output_text', text }],
  })
  const done = (item: object) => ({ type: 'response.output_item.done', item })
  const piece = (delta: string) => ({ type: 'response.output_text.delta', delta })

  it('keeps messages that an agent gave one id, also when the end repeats them', async () => {
    const items = [textItem('m', 'A'), textItem('m', 'B')]
    const plain = readAgentAnswer(Buffer.from(JSON.stringify({ output: items })), context)
    expect(JSON.parse(plain.text).choices).toMatchObject([{ message: { content: 'A\n\nB' } }])
    const end = { type: 'response.completed', response: { output: items } }
    expect(await fold([...items.map(done), end], [])).toMatchObject([
      { message: { content: 'A\n\nB' } },
    ])
  })

  it('says nothing twice when pieces have no ids, and the rest of a text whose pieces stopped early', async () => {
    const end = (...output: object[]) => ({ type: 'response.completed', response: { output } })
    const pieces = [piece('He'), piece('llo'), piece('Bye')]
    expect(
      await fold([...pieces, end(textItem('1', 'Hello'), textItem('2', 'Bye'))], []),
    ).toMatchObject([{ message: { content: 'HelloBye' } }])
    expect(await fold([piece('He'), end(textItem('1', 'Hello'))], [])).toMatchObject([
      { message: { content: expect.stringMatching(/^He\s*llo$/) } },
    ])
  })

  it('nested so deeply that nobody could write it out is the fault of the agent', async () => {
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
    const data = `{"type":"response.completed","custom_outputs":{"a":${deep}}}`
    const batches = (async function* () {
      yield [{ raw: new Uint8Array(), data }]
    })()
    await expect(foldStream(readAgentStream(batches, head), context)).rejects.toBeInstanceOf(
      SseSyntaxError,
    )
  })

  it('that only ends with the whole response says all of it', async () => {
    const items = [{ type: 'message', content: [{ type: 'output_text', text: 'Hi' }] }]
    const events = [{ type: 'response.completed', response: { output: items } }]
    expect(await fold(events, [])).toMatchObject([{ message: { content: 'Hi' } }])
  })

  it('of very many tool calls is folded in a time that grows with their number only', async () => {
    const timeOf = async (length: number): Promise<number> => {
      const output = Array.from({ length }, (_, at) => ({
        type: 'function_call',
        call_id: `c${at}`,
      }))
      const data = JSON.stringify({ type: 'response.completed', response: { output } })
      const batches = (async function* () {
        yield [{ raw: new Uint8Array(), data }]
      })()
      const start = performance.now()
      const { text } = await foldStream(readAgentStream(batches, head), context)
      expect(JSON.parse(text).choices[0].message.tool_calls).toHaveLength(length)
      return performance.now() - start
    }
    const tenth = await timeOf(4_000)
    // Copied for each call it was a minute: a hundred times as long, not ten.
    expect(await timeOf(40_000)).toBeLessThan(40 * Math.max(tenth, 25))
  })

  it('folded into a plain answer keeps both its tokens and what the agent adds', async () => {
    const usage = { input_tokens: 9, output_tokens: 4 }
    const response = { output: [], usage, custom_outputs: { trace: 'kept' } }
    const data = JSON.stringify({ type: 'response.completed', response })
    const batches = (async function* () {
      yield [{ raw: new Uint8Array(), data }]
    })()
    const stream = readAgentStream(batches, { ...head, includeUsage: true })
    expect(JSON.parse((await foldStream(stream, context)).text)).toMatchObject({
      usage: { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 },
      custom_outputs: { trace: 'kept' },
    })
  })
})
