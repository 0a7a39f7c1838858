import { describe, expect, test } from 'vitest'
import { readBody } from '../fixtures/read-body.ts'

const read = (body: unknown) => readBody(body, 'answer', true, 'responses')
/** Channel, field, `whole` and text of every text that is no key. */
const texts = (...bodies: unknown[]) =>
  bodies
    .flatMap((body) => read(body).leaves)
    .filter(({ kind, isKey }) => kind === 'text' && !isKey)
    .map(({ context, strand }) =>
      [context.place.channel, context.field, context.whole ? 'whole' : 'piece', strand.text].join(
        ' | ',
      ),
    )

const message = (...content: unknown[]) => ({
  ...{ type: 'message', id: 'msg_1', role: 'assistant', status: 'completed' },
  content,
})
const part = (text: string, more: object = {}) => ({
  ...{ type: 'output_text', text, annotations: [] },
  ...more,
})

describe('a response', () => {
  test('is read in its output and in what it repeats of its request', () => {
    const response = {
      ...{ id: 'resp_1', object: 'response', created_at: 1, status: 'completed', model: 'm' },
      error: { code: 'server_error', message: 'went wrong' },
      instructions: 'be kind',
      metadata: { k: 'v' },
      previous_response_id: 'resp_0',
      output: [
        { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'thought' }] },
        message(part('one'), part('two'), { type: 'refusal', refusal: 'no' }),
        { type: 'function_call', name: 'f', arguments: '{"to":"Ann"}' },
      ],
      output_text: 'onetwo',
      tools: [{ type: 'function', name: 'f', description: 'does' }],
      usage: { input_tokens: 1, output_tokens: 2, total_tokens: 3 },
      never_heard_of: 'odd',
    }
    expect(texts(response)).toEqual([
      'error.message | other | piece | went wrong',
      'instructions | content | piece | be kind',
      'metadata.k | metadata | whole | v',
      'output[0].summary[0].text | reasoning | piece | thought',
      'output[1].content[2].refusal | refusal | piece | no',
      'output[1].content[0].text | content | piece | onetwo',
      'output[2].arguments | tool_arguments | piece | {"to":"Ann"}',
      'output_text | content | piece | onetwo',
      'tools[0].description | tool_definition | piece | does',
      'never_heard_of | other | piece | odd',
    ])
    expect(read(response).unscannable).toEqual([])
  })

  test('loses its tokens when a policy may change it, and only then', () => {
    const body = { output: [message(part('ann', { logprobs: [{ token: 'ann', bytes: [97] }] }))] }
    const left = JSON.parse(read(body).finish().source)
    expect(left.output[0].content[0].logprobs).toEqual([])
    const kept = readBody(body, 'answer', false, 'responses').finish()
    expect(kept).toEqual({ source: JSON.stringify(body), changed: false })
  })
})

describe('events of a response', () => {
  const at = { item_id: 'msg_1', output_index: 0, content_index: 0, sequence_number: 4 }

  test.each([
    ['response.output_text', 'text', 'output[0].content[0].text | content'],
    ['response.refusal', 'refusal', 'output[0].content[0].refusal | refusal'],
    ['response.reasoning_text', 'text', 'output[0].content[0].text | reasoning'],
    ['response.function_call_arguments', 'arguments', 'output[0].arguments | tool_arguments'],
    ['response.mcp_call_arguments', 'arguments', 'output[0].arguments | tool_arguments'],
    ['response.custom_tool_call_input', 'input', 'output[0].input | tool_arguments'],
    ['response.code_interpreter_call_code', 'code', 'output[0].code | tool_arguments'],
    ['response.audio.transcript', 'transcript', 'output[0].content[0].transcript | content'],
  ])('%s are pieces of one text, and their end repeats it', (stem, key, place) => {
    const delta = (text: string) => ({
      ...at,
      type: `${stem}.delta`,
      delta: text,
      obfuscation: 'x9',
    })
    expect(
      texts(delta('he'), delta('llo'), { ...at, type: `${stem}.done`, [key]: 'hello' }),
    ).toEqual([`${place} | piece | he`, `${place} | piece | llo`, `${place} | whole | hello`])
  })

  test('about the summary of a thought name its part', () => {
    const where = { item_id: 'rs_1', output_index: 2, summary_index: 1 }
    const type = 'response.reasoning_summary_text'
    expect(
      texts(
        { ...where, type: `${type}.delta`, delta: 'why' },
        { ...where, type: `${type}.done`, text: 'why' },
        {
          ...where,
          type: 'response.reasoning_summary_part.done',
          part: { type: 'summary_text', text: 'why' },
        },
      ),
    ).toEqual([
      'output[2].summary[1].text | reasoning | piece | why',
      'output[2].summary[1].text | reasoning | whole | why',
      'output[2].summary[1].text | reasoning | whole | why',
    ])
  })

  test('that hold parts, items and responses hold whole texts', () => {
    const item = message(part('hello'))
    expect(
      texts(
        { ...at, type: 'response.content_part.done', part: part('hello') },
        { type: 'response.output_item.done', output_index: 0, item },
        { type: 'response.completed', response: { id: 'r', output: [item], instructions: 'be' } },
      ),
    ).toEqual([
      'output[0].content[0].text | content | whole | hello',
      'output[0].content[0].text | content | whole | hello',
      'output[0].content[0].text | content | whole | hello',
      'instructions | content | whole | be',
    ])
  })

  test('that begin an item, a part or a response hold the first pieces of its texts', () => {
    const call = { type: 'function_call', name: 'f', arguments: '{"a":' }
    const odd = { type: 'file_search_call', results: [{ text: 'found' }], odd: 'x' }
    const begun = { output: [message(part('he'), part('wo'))], instructions: 'be' }
    expect(
      texts(
        { ...at, type: 'response.content_part.added', part: part('he') },
        { type: 'response.output_item.added', output_index: 1, item: call },
        { type: 'response.output_item.added', output_index: 2, item: { ...call, arguments: odd } },
        { type: 'response.in_progress', response: begun },
      ),
    ).toEqual([
      'output[0].content[0].text | content | piece | he',
      'output[1].arguments | tool_arguments | piece | {"a":',
      'output[2].arguments.type | tool_arguments | whole | file_search_call',
      'output[2].arguments.results[0].text | tool_arguments | whole | found',
      'output[2].arguments.odd | tool_arguments | whole | x',
      'output[0].content[0].text | content | piece | he',
      'output[0].content[1].text | content | piece | wo',
      'instructions | content | whole | be',
    ])
  })

  test('that say they are a piece of something hold one, whatever it is', () => {
    const odd = { item_id: 'o_1', output_index: 1, content_index: 2 }
    const stem = 'response.reasoning_summary'
    expect(
      texts(
        { ...odd, type: `${stem}.delta`, delta: 'he' },
        { ...odd, type: `${stem}.done`, text: 'hello' },
        { type: `${stem}.done`, text: 'hello' },
      ),
    ).toEqual([
      `output[1].content[2]."${stem}" | other | piece | he`,
      `output[1].content[2]."${stem}" | other | whole | hello`,
      'text | other | whole | hello',
    ])
  })

  test('about annotations name the part', () => {
    const annotation = { type: 'url_citation', title: 'T', url: 'https://h' }
    expect(
      texts({
        ...at,
        type: 'response.output_text.annotation.added',
        annotation_index: 3,
        annotation,
      }),
    ).toEqual([
      'output[0].content[0].annotations[3].title | other | whole | T',
      'output[0].content[0].annotations[3].url | other | whole | https://h',
    ])
  })

  test('without an index name the item by its id', () => {
    expect(
      texts(
        { type: 'response.output_text.delta', item_id: 'msg_7', delta: 'hel' },
        { type: 'response.output_text.delta', item_id: 'msg_7', delta: 'lo' },
        { type: 'response.output_item.done', item: { ...message(part('hello')), id: 'msg_7' } },
      ),
    ).toEqual([
      'output.msg_7.content[0].text | content | piece | hel',
      'output.msg_7.content[0].text | content | piece | lo',
      'output.msg_7.content[0].text | content | whole | hello',
    ])
  })

  test('that nobody knows are texts leaf by leaf, each whole', () => {
    const odd = { type: 'response.never_heard_of', n: 'a', more: ['b', { c: 'd' }] }
    expect(texts(odd, odd)).toEqual([
      ...['n | other | whole | a', 'more[0] | other | whole | b', 'more[1].c | other | whole | d'],
      ...['n | other | whole | a', 'more[0] | other | whole | b', 'more[1].c | other | whole | d'],
    ])
    expect(texts({ type: 'error', code: 'c', message: 'broke', param: null })).toEqual([
      'message | other | whole | broke',
    ])
  })

  test('lose their tokens, and their payloads are counted', () => {
    const delta = {
      ...at,
      type: 'response.output_text.delta',
      delta: 'a',
      logprobs: [{ token: 'a' }],
    }
    const image = {
      type: 'response.image_generation_call.partial_image',
      partial_image_b64: 'QUJD'.repeat(30),
    }
    expect(JSON.parse(read(delta).finish().source).logprobs).toEqual([])
    expect(read(image).unscannable).toEqual([{ address: 'partial_image_b64', what: 'image' }])
  })

  test('are edited wherever a text stands', () => {
    const delta = (text: string) => ({ ...at, type: 'response.output_text.delta', delta: text })
    const item = message(part('I am Ann.'))
    const edited = (event: unknown) => {
      const body = read(event)
      for (const { strand, kind } of body.leaves) {
        const start = strand.text.indexOf('Ann')
        if (kind === 'text' && start >= 0) strand.edit([{ start, end: start + 3, text: 'X' }])
      }
      return JSON.parse(body.finish().source)
    }
    const done = edited({ ...at, type: 'response.output_text.done', text: 'I am Ann.' })
    const completed = edited({ type: 'response.completed', response: { output: [item] } })
    expect(edited(delta('I am Ann.')).delta).toBe('I am X.')
    expect(done.text).toBe('I am X.')
    expect(completed.response.output[0].content[0].text).toBe('I am X.')
  })
})
