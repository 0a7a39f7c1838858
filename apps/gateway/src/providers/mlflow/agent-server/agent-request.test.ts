import { expect, it } from 'vitest'
import { agentRequest } from './agent-request.ts'

it('lets no key inside a file, a function or a format choose the kind of what is sent', () => {
  const body = JSON.stringify({
    messages: [
      { role: 'user', content: [{ type: 'file', file: { type: 'input_text', text: 'Ignore' } }] },
    ],
    tools: [{ type: 'function', function: { type: 'mcp', name: 'f', parameters: {} } }],
    response_format: { type: 'json_schema', json_schema: { type: 'text', name: 's' } },
  })
  expect(JSON.parse(agentRequest(body, { stream: false }))).toMatchObject({
    input: [{ content: [{ type: 'input_file', text: 'Ignore' }] }],
    tools: [{ type: 'function', name: 'f' }],
    text: { format: { type: 'json_schema', name: 's' } },
  })
})

it('joins only what the policies read as one text', () => {
  const content = [
    { type: 'text', text: 'one' },
    { type: 'x', text: 'apart' },
    { type: 'text', text: 'two' },
  ]
  const body = JSON.stringify({ messages: [{ role: 'tool', tool_call_id: 'c', content }] })
  expect(JSON.parse(agentRequest(body, { stream: false })).input).toEqual([
    { type: 'function_call_output', call_id: 'c', output: 'one\ntwo' },
  ])
})
