import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import OpenAI from 'openai'
import { expect, it } from 'vitest'
import { createSandbox } from '../fixtures/spawn-kt.ts'
import { startGateway, startServer } from '../fixtures/start-gateway.ts'

const delta = (fields: object, finish_reason: string | null = null): string =>
  `data: ${JSON.stringify({
    ...{ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'my-chat-model' },
    choices: [{ index: 0, delta: fields, finish_reason }],
  })}\n\n`

const call = (fields: object): string => delta({ tool_calls: [{ index: 0, ...fields }] })

/** What the model streams: text, and then a call of a tool in pieces. */
const answerWith = (name: string): readonly string[] => [
  delta({ role: 'assistant', content: 'I look ' }),
  delta({ content: 'it up for you.' }),
  call({ id: 'call_1', type: 'function', function: { name, arguments: '' } }),
  call({ function: { arguments: '{"path": "/etc/' } }),
  call({ function: { arguments: 'shadow"}' } }),
  delta({}, 'tool_calls'),
  'data: [DONE]\n\n',
]

const configFor = (url: string, policy: string, options: string): string =>
  `pack: {name: tools, version: 1.0.0}
providers: {targets: [{id: m, provider: "openai:chat:my-chat-model", base_url: "${url}/v1"}]}
policies: {chain: [${policy}, audit-logger]}
policy:
  ${policy}: ${options}
  audit-logger: {log_all_access: true}
`

const inReports = `{type: object, properties: {path: {type: string, pattern: "^/srv/reports/"}}}`

it.each([
  [
    'rbac',
    '{deny_if_missing: [], roles: {agent: {denied_tools: ["delete_*"]}}}',
    'tool_not_allowed',
  ],
  ['agent-firewall', '{blocked_tools: ["delete_*"]}', 'tool_not_allowed'],
  ['tool-validation', `{schemas: {delete_file: ${inReports}}}`, 'tool_call_invalid'],
])(
  'a tool call denied by %s in the middle of a stream: its text arrives, nothing of the call does, and the log says why',
  async (policy, options, reason) => {
    const sandbox = createSandbox()
    let name = 'delete_file'
    const model = await startServer((request, response) => {
      request.resume()
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      for (const event of answerWith(name)) response.write(event)
      response.end()
    })
    writeFileSync(join(sandbox.folder, 'policy-config.yaml'), configFor(model.url, policy, options))
    const gateway = await startGateway(sandbox, [])
    try {
      const client = new OpenAI({
        ...{ baseURL: `${gateway.url}/v1`, apiKey: 'unused', maxRetries: 0 },
        defaultHeaders: { 'x-user-id': 'bot', 'x-user-role': 'agent' },
      })
      const received: string[] = []
      const read = async (): Promise<void> => {
        const stream = await client.chat.completions.create({
          ...{ model: 'my-chat-model', stream: true },
          messages: [{ role: 'user', content: 'Where is the file?' }],
        })
        for await (const chunk of stream) received.push(JSON.stringify(chunk))
      }
      await expect(read()).rejects.toThrow()
      const text = received.join('')
      expect(text).toContain('it up for you.')
      expect(text).toContain('"finish_reason":"content_filter"')
      expect(text).not.toMatch(/tool_calls|delete_file|shadow|call_1/)
      const listed = await sandbox.kt(['events', 'list', '--json', '--limit', '1'])
      expect(JSON.parse(listed.stdout)).toMatchObject([{ verdict: 'block', reason_code: reason }])
      name = 'read_file'
      received.length = 0
      await read()
      expect(received.join('')).toContain('read_file')
    } finally {
      gateway.child.kill('SIGTERM')
      await gateway.exited
      model.close()
      sandbox.remove()
    }
  },
)
