import { describe, expect, test } from 'vitest'
import { readBody } from '../fixtures/read-body.ts'
import type { ApiShape } from './segment.ts'

const texts = (shape: ApiShape, body: unknown) =>
  readBody(body, 'request', false, shape)
    .leaves.filter(({ kind }) => kind === 'text')
    .map(({ context, strand }) =>
      [context.place.address, context.role ?? '-', context.field, strand.text].join(' | '),
    )
const skipped = (shape: ApiShape, body: unknown) =>
  readBody(body, 'request', false, shape).unscannable

describe('a completions request', () => {
  test('is read in all its texts', () => {
    const body = {
      prompt: ['one', 'two'],
      suffix: 'end',
      user: 'ann',
      stop: ['x'],
      odd: { a: 'b' },
    }
    expect(texts('completions', { ...body, metadata: { k: 'v' } })).toEqual([
      'prompt[0] | user | content | one',
      'prompt[1] | user | content | two',
      'suffix | - | content | end',
      'user | - | metadata | ann',
      'stop[0] | - | other | x',
      'odd.a | - | other | b',
      'metadata.k | - | metadata | v',
      'metadata.* | - | metadata | k',
    ])
    expect(texts('completions', { prompt: 'one' })).toEqual(['prompt | user | content | one'])
  })

  test('may hold token numbers, which nobody reads, and texts among them, which are', () => {
    expect(skipped('completions', { prompt: [1, 2] })).toEqual([
      { address: 'prompt', what: 'token_array' },
    ])
    expect(skipped('completions', { prompt: [[1], [2]] })).toEqual([
      { address: 'prompt[0]', what: 'token_array' },
      { address: 'prompt[1]', what: 'token_array' },
    ])
    expect(texts('completions', { prompt: [1, 'hidden'] })).toEqual([
      'prompt[1] | user | content | hidden',
    ])
  })
})

describe('an embeddings request', () => {
  test('is read in all its texts, and its settings are identifiers', () => {
    const settings = { model: 'm', encoding_format: 'base64', dimensions: 3, user: 'ann' }
    expect(texts('embeddings', { ...settings, input: ['one', 'two'] })).toEqual([
      'user | - | metadata | ann',
      'input[0] | user | content | one',
      'input[1] | user | content | two',
    ])
    expect(skipped('embeddings', { input: [[1, 2], [3]] })).toHaveLength(2)
  })
})

describe('a responses request', () => {
  test('is read in all its fields', () => {
    const body = {
      instructions: 'be kind',
      input: 'hello',
      tools: [{ type: 'function', name: 'f', description: 'does', parameters: { type: 'object' } }],
      text: { format: { type: 'json_schema', name: 's', schema: { description: 'shape' } } },
      metadata: { k: 'v' },
      safety_identifier: 'ann',
      prompt: {
        id: 'pmpt_1',
        variables: { name: 'Bob', city: { type: 'input_text', text: 'Bonn' } },
      },
    }
    expect(texts('responses', body)).toEqual([
      'instructions | system | content | be kind',
      'input | user | content | hello',
      'tools[0].description | - | tool_definition | does',
      'text.format.schema.description | - | tool_definition | shape',
      'metadata.k | - | metadata | v',
      'safety_identifier | - | metadata | ann',
      'prompt.variables.name | user | content | Bob',
      'prompt.variables.city.text | user | content | Bonn',
      'metadata.* | - | metadata | k',
    ])
  })

  test('says what the server keeps', () => {
    const kept = { previous_response_id: 'resp_1', conversation: { id: 'conv_1' } }
    expect(skipped('responses', { ...kept, prompt: { id: 'p' } })).toEqual([
      { address: 'previous_response_id', what: 'stored_context' },
      { address: 'conversation', what: 'stored_context' },
      { address: 'prompt', what: 'stored_context' },
    ])
  })
})

test.each<ApiShape>(['chat.completions', 'completions', 'embeddings', 'responses'])(
  'the fields of the other endpoints are read in a %s request',
  (shape) => {
    const all = {
      messages: [{ role: 'user', content: 'in messages' }],
      prompt: ['in prompt'],
      input: ['in input'],
      instructions: 'in instructions',
      suffix: 'in suffix',
    }
    // The Responses API takes only items.
    const body =
      shape === 'responses' ? { ...all, input: [{ role: 'user', content: 'in input' }] } : all
    expect(texts(shape, body).map((line) => line.split(' | ')[3])).toEqual([
      'in messages',
      'in prompt',
      'in input',
      'in instructions',
      'in suffix',
    ])
  },
)

test.each<[ApiShape, unknown, string | null]>([
  ['completions', [], null],
  ['completions', {}, 'prompt'],
  ['completions', { prompt: [] }, 'prompt'],
  ['completions', { prompt: [{ text: 'a' }] }, 'prompt[0]'],
  ['completions', { prompt: [[1, 'a']] }, 'prompt[0]'],
  ['embeddings', { input: null }, 'input'],
  ['embeddings', { input: ['a', null] }, 'input[1]'],
  ['embeddings', { messages: [] }, 'input'],
  ['responses', {}, 'input'],
  ['responses', { input: 5 }, 'input'],
  ['responses', { input: ['a'] }, 'input[0]'],
  ['responses', { input: [{ role: 1, content: 'a' }] }, 'input[0].role'],
  ['responses', { input: [{ type: 1 }] }, 'input[0].type'],
  ['responses', { input: [{ role: 'user', content: 5 }] }, 'input[0].content'],
  ['responses', { input: [{ role: 'user', content: ['a'] }] }, 'input[0].content[0]'],
  ['responses', { input: 'a', instructions: ['b'] }, 'instructions'],
  ['chat.completions', { messages: [], input: 'a' }, 'messages'],
])('a %s request is not %j', (shape, body, param) => {
  expect(() => readBody(body, 'request', false, shape)).toThrow(
    expect.objectContaining({ code: 'validation_error', param }),
  )
})

describe('an embeddings answer', () => {
  const answer = (embedding: unknown) => ({
    object: 'list',
    model: 'm-1',
    data: [{ object: 'embedding', index: 0, embedding }],
    usage: { prompt_tokens: 3, total_tokens: 3 },
  })
  const seen = (embedding: unknown) =>
    readBody(answer(embedding), 'answer', true, 'embeddings').leaves.map(
      ({ kind, strand }) => `${kind} ${strand.text}`,
    )

  test('holds vectors, which are not read, and identifiers', () => {
    expect(seen([0.1, -2e-5])).toEqual(['identifier m-1'])
    expect(seen(Buffer.from(new Float32Array([0.1, 5]).buffer).toString('base64'))).toEqual([
      'identifier m-1',
    ])
  })

  test('is read where a vector is none', () => {
    expect(seen('123-45-6789')).toEqual(['text 123-45-6789', 'identifier m-1'])
    expect(seen([0.1, 'ann'])).toEqual(['text ann', 'identifier m-1'])
  })
})

describe('a completions answer', () => {
  const chunk = (index: number, text: string, logprobs: unknown = null) => ({
    object: 'text_completion',
    choices: [{ index, text, logprobs, finish_reason: null }],
  })

  test('has its pieces at the place of the choice', () => {
    const events = [chunk(0, 'he'), chunk(1, 'wor'), chunk(0, 'llo'), chunk(1, 'ld')]
    const leaves = events.flatMap((one) => readBody(one, 'answer', false, 'completions').leaves)
    expect(leaves.map(({ context, strand }) => [context.place.channel, strand.text])).toEqual([
      ['choices[0].text', 'he'],
      ['choices[1].text', 'wor'],
      ['choices[0].text', 'llo'],
      ['choices[1].text', 'ld'],
    ])
  })

  test('loses its tokens when a policy may change it', () => {
    const logprobs = { tokens: ['ann'], token_logprobs: [0], top_logprobs: null, text_offset: [0] }
    const { source } = readBody(chunk(0, 'ann', logprobs), 'answer', true, 'completions').finish()
    expect(JSON.parse(source).choices[0].logprobs).toBeNull()
  })
})
