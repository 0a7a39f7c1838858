import { describe, expect, test } from 'vitest'
import { readBody } from '../fixtures/read-body.ts'

/** Address, role, field, kind and text of what is seen in one input item, protocol's own words aside. */
function seenInItem(item: unknown): string[] {
  const { leaves } = readBody({ input: [item] }, 'request', false, 'responses')
  return leaves.map(({ context, kind, strand }) =>
    [
      context.place.address.replace('input[0]', '~'),
      context.role,
      context.field,
      kind,
      strand.text,
    ].join(' | '),
  )
}

const skippedInItem = (item: unknown) =>
  readBody({ input: [item] }, 'request', false, 'responses').unscannable

describe('an input item', () => {
  test('that is a message has its own role and parts', () => {
    const part = (text: string) => ({ type: 'input_text', text })
    expect(
      seenInItem({ type: 'message', role: 'developer', content: [part('a'), part('b')] }),
    ).toEqual(['~.content | developer | content | text | ab'])
    expect(seenInItem({ role: 'user', content: 'plain' })).toEqual([
      '~.content | user | content | text | plain',
    ])
    const answered = [
      {
        type: 'output_text',
        text: 'said',
        annotations: [{ type: 'url_citation', title: 'T', url: 'u' }],
      },
      { type: 'refusal', refusal: 'no' },
    ]
    expect(seenInItem({ role: 'assistant', content: answered })).toEqual([
      '~.content[0].annotations[0].title | assistant | other | text | T',
      '~.content[0].annotations[0].url | assistant | other | text | u',
      '~.content[1].refusal | assistant | refusal | text | no',
      '~.content | assistant | content | text | said',
      '~.content[0].annotations[0].* | assistant | content | identifier | title',
      '~.content[0].annotations[0].* | assistant | content | identifier | url',
    ])
  })

  test.each([
    [
      { type: 'function_call', name: 'f', call_id: 'c1', arguments: '{"to":"Ann"}' },
      ['~.arguments.to | assistant | tool_arguments | text | Ann'],
    ],
    [
      { type: 'function_call_output', call_id: 'c1', output: 'found' },
      ['~.output | tool | tool_result | text | found'],
    ],
    [
      { type: 'function_call_output', call_id: 'c1', output: [{ type: 'input_text', text: 'x' }] },
      ['~.output | tool | tool_result | text | x'],
    ],
    [
      { type: 'custom_tool_call', name: 'f', input: 'do it' },
      ['~.input | assistant | tool_arguments | text | do it'],
    ],
    [
      { type: 'custom_tool_call_output', output: 'did it' },
      ['~.output | tool | tool_result | text | did it'],
    ],
    [
      {
        type: 'reasoning',
        summary: [{ type: 'summary_text', text: 'short' }],
        content: [{ type: 'reasoning_text', text: 'long' }],
      },
      [
        '~.summary[0].text | assistant | reasoning | text | short',
        '~.content[0].text | assistant | reasoning | text | long',
      ],
    ],
    [
      { type: 'web_search_call', action: { type: 'search', query: 'who' } },
      ['~.action.query | assistant | tool_arguments | text | who'],
    ],
    [
      {
        type: 'file_search_call',
        queries: ['who'],
        results: [{ file_id: 'f', filename: 'n.txt', text: 'passage', attributes: { by: 'Ann' } }],
      },
      [
        '~.queries[0] | assistant | tool_arguments | text | who',
        '~.results[0].filename | tool | name | text | n.txt',
        '~.results[0].text | tool | document | text | passage',
        '~.results[0].attributes.by | tool | metadata | text | Ann',
      ],
    ],
    [
      { type: 'computer_call', action: { type: 'type', text: 'typed' } },
      ['~.action.text | assistant | tool_arguments | text | typed'],
    ],
    [
      {
        type: 'code_interpreter_call',
        code: 'print(1)',
        outputs: [{ type: 'logs', logs: '1' }],
      },
      [
        '~.code | assistant | tool_arguments | text | print(1)',
        '~.outputs[0].logs | tool | tool_result | text | 1',
      ],
    ],
    [
      { type: 'local_shell_call', action: { type: 'exec', command: ['ls'], env: { KEY: 'v' } } },
      [
        '~.action.command[0] | assistant | tool_arguments | text | ls',
        '~.action.env.KEY | assistant | tool_arguments | text | v',
      ],
    ],
    [
      { type: 'shell_call_output', output: [{ stdout: 'out', stderr: 'err' }] },
      [
        '~.output[0].stdout | tool | tool_result | text | out',
        '~.output[0].stderr | tool | tool_result | text | err',
      ],
    ],
    [
      { type: 'apply_patch_call', operation: { type: 'create_file', path: 'p', diff: 'd' } },
      [
        '~.operation.path | assistant | tool_arguments | text | p',
        '~.operation.diff | assistant | tool_arguments | text | d',
      ],
    ],
    [
      { type: 'mcp_call', arguments: '{"a":"b"}', output: 'gave', error: 'failed so' },
      [
        '~.arguments.a | assistant | tool_arguments | text | b',
        '~.output | tool | tool_result | text | gave',
        '~.error | assistant | tool_arguments | text | failed so',
      ],
    ],
    [
      {
        type: 'mcp_list_tools',
        tools: [{ name: 't', description: 'does', input_schema: { type: 'object' } }],
      },
      ['~.tools[0].description | tool | tool_definition | text | does'],
    ],
    [
      { type: 'mcp_approval_response', approve: true, reason: 'because' },
      ['~.reason | user | content | text | because'],
    ],
    [
      { type: 'never_heard_of', deep: [{ down: 'there' }] },
      ['~.deep[0].down | user | content | text | there'],
    ],
  ])('of another kind is read where it holds texts: %j', (item, texts) => {
    const seen = seenInItem(item).filter((line) => line.includes('| text |'))
    expect(seen.filter((line) => !/\.\* \|/.test(line))).toEqual(texts)
  })

  test('keeps its names and ids: they are identifiers', () => {
    const call = { type: 'function_call', id: 'i1', call_id: 'c1', name: 'f1', arguments: '' }
    expect(seenInItem(call)).toEqual([
      '~.id | assistant | tool_arguments | identifier | i1',
      '~.call_id | assistant | tool_arguments | identifier | c1',
      '~.name | assistant | tool_arguments | identifier | f1',
    ])
  })

  test('that no policy can read is counted', () => {
    const payload = 'QUJD'.repeat(30)
    expect([
      skippedInItem({ type: 'item_reference', id: 'msg_1' }),
      skippedInItem({ id: 'msg_1' }),
      skippedInItem({ type: 'reasoning', summary: [], encrypted_content: payload }),
      skippedInItem({ type: 'image_generation_call', id: 'ig', result: payload }),
      skippedInItem({
        type: 'computer_call_output',
        output: { image_url: `data:image/png;base64,${payload}` },
      }),
      skippedInItem({
        type: 'code_interpreter_call',
        outputs: [{ type: 'image', url: 'https://h/i' }],
      }),
      skippedInItem({ role: 'user', content: [{ type: 'input_image', image_url: 'https://h/i' }] }),
      skippedInItem({ role: 'user', content: [{ type: 'input_file', file_id: 'file_1' }] }),
    ]).toEqual([
      [{ address: 'input[0].id', what: 'stored_context' }],
      [{ address: 'input[0].id', what: 'stored_context' }],
      [{ address: 'input[0].encrypted_content', what: 'encrypted' }],
      [{ address: 'input[0].result', what: 'image' }],
      [{ address: 'input[0].output.image_url', what: 'image' }],
      [{ address: 'input[0].outputs[0].url', what: 'image' }],
      [{ address: 'input[0].content[0].image_url', what: 'image' }],
      [{ address: 'input[0].content[0].file_id', what: 'file' }],
    ])
  })

  test('loses the tokens that it repeats of an answer', () => {
    const part = { type: 'output_text', text: 'ann', logprobs: [{ token: 'ann', bytes: [97] }] }
    const body = readBody(
      { input: [{ role: 'assistant', content: [part] }] },
      'request',
      false,
      'responses',
    )
    expect(body.finish().source).toContain('"logprobs":[]')
    expect(body.finish().source).not.toContain('token')
  })

  test('refers to what the server keeps also with a content that is null', () => {
    for (const item of [{ id: 'msg_1' }, { id: 'msg_1', content: null }])
      expect(readBody({ input: [item] }, 'request', false, 'responses').unscannable).toMatchObject([
        { what: 'stored_context' },
      ])
  })
})
