import { onPosts } from '@keeptrusts/testing'
import OpenAI from 'openai'
import { afterEach, describe, expect, it } from 'vitest'
import { endAll, startPair } from './fixtures/test-gateway.ts'

afterEach(endAll)

const model = 'my-chat-model'
const messages = [{ role: 'user' as const, content: 'Clean up, please.' }]
const event = (value: object) => `data: ${JSON.stringify(value)}\n\n`
const chunk = (delta: object, finish_reason: string | null = null) =>
  event({
    ...{ id: 'c', object: 'chat.completion.chunk', created: 1, model },
    choices: [{ index: 0, delta, finish_reason }],
  })
const call = (args: string, more: object = {}) => ({
  tool_calls: [{ index: 0, ...more, function: { ...more, arguments: args } }],
})

/** A gateway before a server that streams text, then a call of `name`, in pieces; the call comes when `goOn` says so. */
async function startStream(name: string, policy: string, goOn: Promise<void> = Promise.resolve()) {
  const script = onPosts(async (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(chunk({ role: 'assistant', content: 'Let me see. ' }))
    await goOn
    response.write(chunk(call('', { id: 'call_1', type: 'function', name })))
    for (const piece of ['{"pa', 'th": "/s', 'rv/canary"}']) response.write(chunk(call(piece)))
    response.end(`${chunk({}, 'tool_calls')}data: [DONE]\n\n`)
  })
  const kind = policy.split(':', 1)[0] ?? ''
  const yaml = {
    chain: `${kind}, audit-logger`,
    policy: `policy:\n  ${policy}\n  audit-logger: {log_all_access: true}`,
  }
  const { gateway } = await startPair({ kind: 'openai', script }, { yaml })
  const openai = new OpenAI({ baseURL: gateway.base, apiKey: 'unused', maxRetries: 0 })
  return { gateway, openai }
}

/** What the official client reads from the stream, and what it throws. */
async function read(openai: OpenAI, onText: () => void = () => {}) {
  const seen = { text: '', calls: '', reasons: [] as string[], error: '' }
  try {
    const stream = await openai.chat.completions.create({ model, messages, stream: true })
    for await (const { choices } of stream) {
      const { delta, finish_reason: reason } = choices[0] ?? {}
      seen.text += delta?.content ?? ''
      if (seen.text !== '') onText()
      seen.calls += JSON.stringify(delta?.tool_calls ?? '').replace('""', '')
      if (reason) seen.reasons.push(reason)
    }
  } catch (error) {
    seen.error = error instanceof OpenAI.APIError ? error.message : 'another error'
  }
  return seen
}

const policies = [
  ['agent-firewall', 'agent-firewall: {blocked_tools: ["delete_*"]}', 'tool_not_allowed'],
  ['tool-validation', 'tool-validation: {declared_tools: [search]}', 'tool_not_declared'],
  [
    'tool-validation by its schema',
    'tool-validation: {schemas: {delete_files: {properties: {path: {maxLength: 3}}}}}',
    'tool_call_invalid',
  ],
  [
    'rbac',
    'rbac: {deny_if_missing: [], roles: {agent: {denied_tools: [delete_files]}}}',
    'tool_not_allowed',
  ],
] as const

describe.each(policies)('a call in the middle of a stream that %s refuses', (_, policy, reason) => {
  it('never reaches the client, and the text before it does while the answer comes', async () => {
    let goOn = (): void => {}
    const textArrived = new Promise<void>((resolve) => {
      goOn = resolve
    })
    const { gateway, openai } = await startStream('delete_files', policy, textArrived)
    const asAgent = policy.startsWith('rbac') ? { 'x-user-id': 'bot', 'x-user-role': 'agent' } : {}
    const seen = await read(openai.withOptions({ defaultHeaders: asAgent }), goOn)
    expect(seen).toMatchObject({ text: 'Let me see. ', calls: '' })
    expect(seen.error).not.toBe('')
    expect(JSON.stringify(seen)).not.toContain('canary')
    const completed = gateway.records('request.completed').at(-1)
    expect(completed).toMatchObject({ decision: 'block' })
    expect(JSON.stringify(completed)).toContain(reason)
    expect(JSON.stringify(completed)).not.toContain('canary')
  })
})

describe('a call that every policy allows', () => {
  it('arrives whole, before the end', async () => {
    const { openai } = await startStream(
      'list_files',
      'agent-firewall: {allowed_tools: ["list_*"]}',
    )
    const stream = openai.chat.completions.stream({ model, messages })
    const { choices } = await stream.finalChatCompletion()
    expect(choices[0]?.finish_reason).toBe('tool_calls')
    expect(choices[0]?.message.content).toBe('Let me see. ')
    expect(choices[0]?.message.tool_calls).toMatchObject([
      { id: 'call_1', function: { name: 'list_files', arguments: '{"path": "/srv/canary"}' } },
    ])
  })
})

it('a refused tool that a request offers is named by its place', async () => {
  const { openai } = await startStream('x', 'agent-firewall: {blocked_tools: ["delete_*"]}')
  const tools = [{ type: 'function' as const, function: { name: 'delete_files' } }]
  const error: unknown = await openai.chat.completions
    .create({ model, messages, tools })
    .catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ status: 409, param: 'tools[0]' })
})
