import { describe, expect, test } from 'vitest'
import { parseConfig } from '../config/parse-config.ts'
import { check } from '../fixtures/test-calls.ts'
import { chainOf, policyOf } from '../fixtures/test-chain.ts'
import type { Match } from '../policies/policy.ts'
import { createEngine } from './create-engine.ts'
import { explainRequest } from './explain-request.ts'

const secret = 'p9Xw27QvLk41TzRm8YbN'
const number = ['536', '22', '8715'].join('')
const data = JSON.stringify({ ssn: number, db: [{ password: secret }], secrets: [secret] })
const config = parseConfig(`pack: {name: demo, version: 1.0.0}
policies: {chain: [dlp-filter, pii-detector]}
policy:
  pii-detector: {entities: [SSN, EMAIL_ADDRESS]}
`)
const call = (text: string) => ({
  id: 'call_1',
  type: 'function',
  function: { name: 'save', arguments: text },
})
const request = {
  model: 'm',
  messages: [
    { role: 'assistant', content: null, tool_calls: [call(data)] },
    { role: 'tool', tool_call_id: 'call_1', content: data },
  ],
}
const shape = 'chat.completions'
const hidden = {
  ssn: '[SSN_REDACTED]',
  db: [{ password: '[CREDENTIAL_REDACTED]' }],
  secrets: ['[CREDENTIAL_REDACTED]'],
}

describe('a value in JSON data is read with its key', () => {
  test('in tool arguments and results of a request', async () => {
    const source = JSON.stringify(request)
    const decision = await createEngine(config).checkRequest({ shape, source })
    if (decision.outcome === 'block') throw new Error('not expected')
    const { messages } = JSON.parse(decision.body.source)
    expect(JSON.parse(messages[0].tool_calls[0].function.arguments)).toEqual(hidden)
    expect(JSON.parse(messages[1].content)).toEqual(hidden)
  })

  test('in an answer, whole', async () => {
    const message = { role: 'assistant', content: null, tool_calls: [call(data)] }
    const source = JSON.stringify({ choices: [{ index: 0, message }] })
    const decision = await createEngine(config).checkResponse({ shape, source })
    if (decision.outcome === 'block') throw new Error('not expected')
    const { choices } = JSON.parse(decision.body.source)
    expect(JSON.parse(choices[0].message.tool_calls[0].function.arguments)).toEqual(hidden)
  })

  test.each([1, 3, 7, 500])('in an answer, in pieces of %i characters', async (length) => {
    const guard = createEngine(config).guardResponse<null>({ shape })
    let out = ''
    const take = (released: readonly { readonly source: string }[]): void => {
      for (const { source } of released)
        out += JSON.parse(source).choices[0].delta.tool_calls?.[0]?.function.arguments ?? ''
    }
    for (let at = 0; at < data.length; at += length) {
      const tool = { index: 0, function: { arguments: data.slice(at, at + length) } }
      const event = { choices: [{ index: 0, delta: { tool_calls: [tool] } }] }
      take(await guard.push(JSON.stringify(event), null))
    }
    take((await guard.end()).released)
    expect(JSON.parse(out)).toEqual(hidden)
  })

  test('and an explanation shows the value alone', async () => {
    const { segments } = await explainRequest(config, { shape, source: JSON.stringify(request) })
    const found = segments.flatMap(({ findings }) => findings.map(({ text }) => text))
    expect([...new Set(found)].sort()).toEqual([number, secret].sort())
  })
})

test('what is certain in a part stays certain when the whole leaves doubt at the same place', async () => {
  const policy = policyOf({
    inspect: ({ text }) => {
      const match: Match = {
        ...{ rule: 'r', type: 'R', start: 0, end: 2, score: 900, action: 'block' },
      }
      return [text.length > 2 ? { ...match, score: 400, uncertain: true } : match]
    },
  })
  const content = ['ab', 'cd'].map((text) => ({ type: 'text', text }))
  const body = { model: 'm', messages: [{ role: 'user', content }] }
  expect(await check(chainOf(policy), body)).toMatchObject({ outcome: 'block' })
})
