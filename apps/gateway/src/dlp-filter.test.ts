import { afterAll, expect, it } from 'vitest'
import { callsTo, chatBody, endAll, post, startPair } from './fixtures/test-gateway.ts'

afterAll(endAll)

const secret = 'p9Xw27QvLk41TzRm8YbN'
const yaml = {
  chain: 'prompt-injection, dlp-filter, audit-logger',
  policy: 'policy:\n  dlp-filter: {action: redact}',
}

it.each([
  ['plain', {}],
  ['streamed', { stream: true }],
])(
  'a key in tool arguments and in an answer never leaves, and no event holds it, %s',
  async (_, more) => {
    const { upstream, gateway } = await startPair(
      { kind: 'openai', answer: () => `Use api_key = "${secret}" for that.` },
      { yaml },
    )
    const { messages, ...rest } = JSON.parse(chatBody('Go on.', more))
    const call = {
      role: 'assistant',
      content: null,
      tool_calls: [
        {
          id: 'call_1',
          type: 'function',
          function: { name: 'save', arguments: JSON.stringify({ env: `api_key = "${secret}"` }) },
        },
      ],
    }
    const result = { role: 'tool', tool_call_id: 'call_1', content: 'saved' }
    const body = JSON.stringify({ ...rest, messages: [call, result, ...messages] })
    const response = await post(gateway.base, body)
    expect(response.status).toBe(200)
    const answer = await response.text()
    expect(answer).toContain('CREDENTIAL_REDACTED')
    expect(answer).not.toContain(secret)
    const sent = callsTo(upstream)[0]?.body.toString()
    expect(sent).toContain('CREDENTIAL_REDACTED')
    expect(sent).not.toContain(secret)
    const events = [...gateway.records('request.decided'), ...gateway.records('request.completed')]
    expect(events).toHaveLength(2)
    expect(JSON.stringify(events)).not.toContain(secret)
    expect(events[0]).toMatchObject({ decision: 'redact', reason_code: 'dlp_violation_detected' })
  },
)
