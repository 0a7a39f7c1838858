import { describe, expect, test } from 'vitest'
import { readBody, requestWith, seenIn, userTurn } from '../fixtures/read-body.ts'
import { BodyShapeError } from './body-shape-error.ts'
import { maxTexts } from './extraction.ts'

describe('a request', () => {
  test('is read in every turn and every role', () => {
    const roles = ['system', 'developer', 'user', 'assistant', 'tool', 'function']
    const messages = roles.map((role) => ({ role, content: `text of ${role}` }))
    expect(seenIn(requestWith(...messages))).toEqual([
      'messages[0].content | system | content | text | text of system',
      'messages[1].content | developer | content | text | text of developer',
      'messages[2].content | user | content | text | text of user',
      'messages[3].content | assistant | content | text | text of assistant',
      'messages[4].content | tool | tool_result | text | text of tool',
      'messages[5].content | function | tool_result | text | text of function',
    ])
  })

  test('reads what a role says that nobody knows, which is neither the system nor the caller', () => {
    expect(seenIn(requestWith({ role: 'root', content: 'x' }))).toEqual([
      'messages[0].content | other | content | text | x',
      'messages[0].role | other | content | identifier | root',
    ])
  })

  test("reads numbers that are long enough to be somebody's, and makes edited ones strings", () => {
    const call = {
      function: { name: 'f', arguments: '{"card":4111111111111111,"n":[12,4111111111111111]}' },
    }
    const body = readBody(
      requestWith(
        userTurn([
          { type: 'text', text: 'x' },
          { type: 'odd', value: 4111111111111111, size: 20 },
        ]),
        { role: 'assistant', tool_calls: [call] },
        { role: 'tool', content: '{"card":4111111111111111}' },
      ),
    )
    let count = 0
    for (const { strand, kind } of body.leaves)
      if (kind === 'text' && strand.text === '4111111111111111') {
        count += 1
        strand.edit([{ start: 0, end: 16, text: '[CARD]' }])
      }
    expect(count).toBe(4)
    const { messages } = JSON.parse(body.finish().source)
    expect(messages[0].content[1]).toMatchObject({ value: '[CARD]', size: 20 })
    expect(messages[1].tool_calls[0].function.arguments).toBe('{"card":"[CARD]","n":[12,"[CARD]"]}')
    expect(messages[2].content).toBe('{"card":"[CARD]"}')
  })

  test('reads lists of numbers and text of data: URLs where payloads may stand', () => {
    const list = '536-22-8726\n'.repeat(10)
    const parts = [
      { type: 'file', data: list },
      { type: 'image_url', image_url: { url: 'data:text/plain,536-22-8726' } },
      { type: 'image_url', image_url: { url: `data:image/png;base64,${'QUJD'.repeat(30)}` } },
    ]
    const seen = seenIn(requestWith(userTurn(parts)))
    expect(seen.filter((line) => line.includes('536-22-8726'))).toHaveLength(2)
    expect(seen.filter((line) => line.includes('QUJD'))).toEqual([])
  })

  test.each(['prompt_token_ids', 'input_ids', 'prompt_embeds'])(
    'counts %s, which nobody can read',
    (key) => {
      const { unscannable } = readBody({ messages: [userTurn('x')], [key]: [1, 2] })
      expect(unscannable).toEqual([{ address: key, what: 'token_array' }])
    },
  )

  test('joins adjacent text parts, and only those', () => {
    const text = (value: string) => ({ type: 'text', text: value })
    const image = { type: 'image_url', image_url: { url: 'https://example.com/a.png?who=me' } }
    expect(seenIn(requestWith(userTurn([text('123-45'), text('-6789')])))).toEqual([
      'messages[0].content | user | content | text | 123-45-6789',
    ])
    const cut = readBody(requestWith(userTurn([text('a'), text('b'), image, text('c')])))
    expect(cut.leaves.map(({ context, strand }) => [context.place.address, strand.text])).toEqual([
      ['messages[0].content[2].image_url.url', 'https://example.com/a.png?who=me'],
      ['messages[0].content[0].text', 'ab'],
      ['messages[0].content[3].text', 'c'],
    ])
    expect(cut.unscannable).toEqual([
      { address: 'messages[0].content[2].image_url', what: 'image' },
    ])
    expect(cut.leaves.map(({ hasParts }) => hasParts)).toEqual([false, true, false])
  })

  test('is read inside tool arguments, keys and strings in strings too', () => {
    const args = { city: 'Bonn', 'Jo Ann': [1, 'x', { deep: '{"inner":"y"}' }] }
    const call = {
      id: 'call_9',
      type: 'function',
      function: { name: 'weather', arguments: JSON.stringify(args) },
    }
    expect(seenIn(requestWith({ role: 'assistant', content: null, tool_calls: [call] }))).toEqual([
      'messages[0].tool_calls[0].function.arguments.city | assistant | tool_arguments | text | Bonn',
      'messages[0].tool_calls[0].function.arguments.*[1] | assistant | tool_arguments | text | x',
      'messages[0].tool_calls[0].function.arguments.*[2].deep.inner | assistant | tool_arguments | text | y',
      'messages[0].tool_calls[0].function.arguments.*[2].deep.* | assistant | tool_arguments | text | inner',
      'messages[0].tool_calls[0].function.arguments.* | assistant | tool_arguments | text | city',
      'messages[0].tool_calls[0].function.arguments.* | assistant | tool_arguments | text | Jo Ann',
      'messages[0].tool_calls[0].function.arguments.*[2].* | assistant | tool_arguments | text | deep',
      'messages[0].tool_calls[0].id | assistant | tool_arguments | identifier | call_9',
      'messages[0].tool_calls[0].function.name | assistant | tool_arguments | identifier | weather',
    ])
  })

  test.each(['{"city":', 'Bonn', '12', '', '{"a":1}x'])(
    'reads arguments that are no object as they are: %j',
    (args) => {
      const call = { function: { name: 'f', arguments: args } }
      const texts = readBody(requestWith({ role: 'assistant', tool_calls: [call] })).leaves
      expect(texts.filter(({ kind }) => kind === 'text').map(({ strand }) => strand.text)).toEqual(
        args === '' ? [] : [args],
      )
    },
  )

  test('reads arguments that are not in a string, and the older function_call', () => {
    const messages = [
      { role: 'assistant', tool_calls: [{ function: { name: 'f', arguments: { to: 'Ann' } } }] },
      { role: 'assistant', function_call: { name: 'g', arguments: '{"to":"Bob"}' } },
    ]
    expect(
      seenIn(requestWith(...messages)).filter(
        (line) => line.includes('| text |') && !line.includes('*'),
      ),
    ).toEqual([
      'messages[0].tool_calls[0].function.arguments.to | assistant | tool_arguments | text | Ann',
      'messages[1].function_call.arguments.to | assistant | tool_arguments | text | Bob',
    ])
  })

  test('reads a tool result as text unless it is an object or an array', () => {
    const tool = (content: string) => requestWith({ role: 'tool', content, tool_call_id: 'call_7' })
    expect(seenIn(tool('"just text"'))[0]).toBe(
      'messages[0].content | tool | tool_result | text | "just text"',
    )
    expect(seenIn(tool(' [{"mail":"m"}] '))[0]).toBe(
      'messages[0].content[0].mail | tool | tool_result | text | m',
    )
    expect(seenIn(tool('[broken'))[0]).toBe(
      'messages[0].content | tool | tool_result | text | [broken',
    )
  })

  test('knows documents and what comes from tools among the parts', () => {
    const parts = [
      {
        type: 'document',
        title: 'T',
        source: { type: 'text', media_type: 'text/plain', data: 'plain words' },
      },
      { type: 'tool_result', tool_use_id: 'id_1', content: [{ type: 'text', text: 'found' }] },
      { type: 'thinking', thinking: 'hm', signature: 'c2lnbmF0dXJl'.repeat(8) },
      { type: 'hologram', caption: 'made up', nested: [{ more: 'words' }] },
      {
        type: 'file',
        file: { filename: 'a.pdf', file_data: `data:application/pdf;base64,${'QUJD'.repeat(30)}` },
      },
    ]
    const body = readBody(requestWith(userTurn(parts)))
    const prefix = 'messages[0].content['
    const lines = body.leaves
      .filter(({ kind }) => kind === 'text')
      .map(
        ({ context, strand }) =>
          `${context.place.address.slice(prefix.length)} ${context.field} ${strand.text}`,
      )
    expect(lines).toEqual([
      '0].title document T',
      '0].source.data document plain words',
      '1].content tool_result found',
      '2].thinking reasoning hm',
      '3].caption content made up',
      '3].nested[0].more content words',
      '4].file.filename name a.pdf',
    ])
    expect(body.unscannable.map(({ what }) => what)).toEqual(['encrypted', 'file'])
  })

  test('reads short or spaced text in the place of a payload: it may be text', () => {
    const sound = (data: string) =>
      userTurn([{ type: 'input_audio', input_audio: { data, format: 'wav' } }])
    const texts = (data: string) =>
      readBody(requestWith(sound(data))).leaves.map(({ strand }) => strand.text)
    expect(texts('123-45-6789')).toEqual(['123-45-6789'])
    expect(texts(`please ignore ${'x'.repeat(80)}`)).toHaveLength(1)
    expect(texts('QUJD'.repeat(40))).toEqual([])
    expect(texts(`data:audio/wav;base64,${'QUJD'.repeat(4)}`)).toEqual([])
  })

  test('tells prose from identifiers in tool definitions', () => {
    const parameters = {
      type: 'object',
      properties: {
        description: { type: 'string', description: 'D1', enum: ['E1'], default: 'F1' },
      },
      required: ['R1'],
      $defs: { N1: { title: 'T1', pattern: 'P1' } },
    }
    const tools = [{ type: 'function', function: { name: 'N2', description: 'D2', parameters } }]
    const leaves = readBody({
      messages: [userTurn('x')],
      tools,
      response_format: { type: 'json_schema', json_schema: { name: 'N3', description: 'D3' } },
    }).leaves
    const texts = (wanted: string) =>
      leaves
        .filter(({ kind, context }) => kind === wanted && context.field === 'tool_definition')
        .map(({ strand }) => strand.text)
    expect(texts('text')).toEqual(['D2', 'D1', 'T1', 'D3'])
    expect(texts('identifier').sort()).toEqual([
      'E1',
      'F1',
      'N1',
      'N2',
      'N3',
      'P1',
      'R1',
      'description',
    ])
    const place = leaves.find(({ strand }) => strand.text === 'D1')?.context.place.address
    expect(place).toBe('tools[0].function.parameters.properties.description.description')
  })

  test('reads everything around the messages, known or not', () => {
    const body = {
      ...{
        model: 'M',
        messages: [userTurn('c', { name: 'N', odd: ['O', { k: 'P' }] })],
        user: 'U',
      },
      ...{
        metadata: { who: 'W' },
        stop: ['S1', 'S2'],
        prediction: { type: 'content', content: 'G' },
      },
      ...{
        unknown_key: { inner: 'I' },
        safety_identifier: 'Y',
        tool_choice: { function: { name: 'F' } },
      },
    }
    const lines = seenIn(body).map((line) => line.replaceAll(' | ', ' '))
    expect(lines).toEqual([
      'messages[0].content user content text c',
      'messages[0].name user name text N',
      'messages[0].odd[0] user other text O',
      'messages[0].odd[1].k user other text P',
      'user - metadata text U',
      'metadata.who - metadata text W',
      'stop[0] - other text S1',
      'stop[1] - other text S2',
      'prediction.content assistant content text G',
      'unknown_key.inner - other text I',
      'safety_identifier - metadata text Y',
      'metadata.* - metadata text who',
      'model - other identifier M',
      'messages[0].* user content identifier odd',
      'messages[0].odd[1].* user other identifier k',
      '* - other identifier unknown_key',
      'unknown_key.* - other identifier inner',
      'tool_choice.function.name - other identifier F',
    ])
  })

  test('counts what nobody can read', () => {
    const { unscannable } = readBody({
      messages: [userTurn('x')],
      ...{
        prompt: [[1, 2], 'text'],
        previous_response_id: 'resp_1',
        conversation: { id: 'conv_1' },
      },
    })
    expect(unscannable).toEqual([
      { address: 'prompt[0]', what: 'token_array' },
      { address: 'previous_response_id', what: 'stored_context' },
      { address: 'conversation', what: 'stored_context' },
    ])
  })

  test('of very many texts is read, up to a bound', () => {
    const texts = (count: number) => ({
      messages: [userTurn('x')],
      metadata: Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v'])),
    })
    expect(readBody(texts(maxTexts / 2 - 1), 'messages').leaves).toHaveLength(maxTexts - 1)
    expect(() => readBody(texts(maxTexts / 2 + 1), 'messages')).toThrow(
      expect.objectContaining({ code: 'request_too_large' }),
    )
    const nested = Array.from({ length: 3 }, () => ({
      role: 'tool',
      content: JSON.stringify(Array.from({ length: 70_000 }, () => 'v')),
    }))
    expect(() => readBody(requestWith(...nested))).toThrow(/separate texts/)
  })

  test.each([
    ['[]', null],
    ['"text"', null],
    ['{}', 'messages'],
    ['{"messages":"hi"}', 'messages'],
    ['{"messages":{}}', 'messages'],
    ['{"messages":[]}', 'messages'],
    ['{"messages":["hi"]}', 'messages[0]'],
    ['{"messages":[{"role":"user"},{"content":"x"}]}', 'messages[1].role'],
    ['{"messages":[{"role":7}]}', 'messages[0].role'],
    ['{"messages":[{"role":"user","content":7}]}', 'messages[0].content'],
    ['{"messages":[{"role":"user","content":{"text":"x"}}]}', 'messages[0].content'],
    ['{"messages":[{"role":"user","content":[7]}]}', 'messages[0].content[0]'],
  ])('of the wrong shape is refused with its place: %s', (source, param) => {
    try {
      readBody(source)
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(BodyShapeError)
      expect(error).toMatchObject({ param, code: 'validation_error' })
    }
  })

  test.each([
    '{"messages":[{"role":"user"}]}',
    '{"messages":[{"role":"assistant","content":null}]}',
  ])('without content is fine: %s', (source) => {
    expect(readBody(source).leaves).toEqual([])
  })
})
