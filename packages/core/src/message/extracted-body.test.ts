import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { editAll, requestWith, userTurn } from '../fixtures/read-body.ts'
import type { BodyForm } from './extracted-body.ts'

describe('edits', () => {
  test('change literals and leave every other byte of body, arguments and results as it came', () => {
    const source = `{ "messages":[\n {"role":"assistant","content" : null, "n":1e400,
      "tool_calls":[{"function":{"name":"f","arguments":"{ \\"to\\" :\\"ann\\",\\n \\"n\\": 12345678901234567890, \\"x\\":\\"\\\\u0041b\\" }"}}]},
      {"role":"tool","content":"[ \\"bob\\" , 1.0 ]"}], "seed" : 1.50 }`
    const { source: out, changed } = editAll(source, 'request', (text) =>
      text === 'ann' || text === 'bob' ? text.toUpperCase() : text,
    )
    expect(changed).toBe(true)
    expect(out).toBe(source.replace('ann', 'ANN').replace('bob', 'BOB'))
  })

  test('that change nothing leave the very same texts', () => {
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 4 }),
        fc.constantFrom<BodyForm>('request', 'answer'),
        (json, form) => {
          const source =
            form === 'request'
              ? `{"messages":[{"role":"user","content":"x"}],"more":${json}}`
              : json
          try {
            const result = editAll(source, form, (text) => text)
            expect(result).toEqual({ source, changed: false })
          } catch (error) {
            expect(error).toMatchObject({
              code: expect.stringMatching(/duplicate_key|lone_surrogate/),
            })
          }
        },
      ),
      { numRuns: 500 },
    )
  })

  test('reach every string of unknown keys, and the result is JSON of the same structure', () => {
    const options = { numRuns: 300 }
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const source = JSON.stringify({ messages: [userTurn('x')], custom_inputs: value })
        const edited = editAll(source, 'messages', (text) => `<${text}>`)
        const marked = (inner: unknown): unknown => {
          if (typeof inner === 'number')
            return /^-?\d{9,19}$/.test(JSON.stringify(inner)) ? `<${inner}>` : inner
          if (typeof inner === 'string') return inner === '' ? '' : `<${inner}>`
          if (Array.isArray(inner)) return inner.map(marked)
          if (typeof inner !== 'object' || inner === null) return inner
          return Object.fromEntries(Object.entries(inner).map(([key, one]) => [key, marked(one)]))
        }
        const out = JSON.parse(edited.source)
        expect(out.custom_inputs).toEqual(marked(JSON.parse(JSON.stringify(value))))
      }),
      options,
    )
  })

  test('keep keys apart that become the same', () => {
    const call = {
      function: { name: 'f', arguments: '{"a@x.org":1,"b@x.org":2,"[MAIL]":3,"c":4}' },
    }
    const { source } = editAll(
      requestWith({ role: 'assistant', tool_calls: [call] }),
      'request',
      (text) => (text.includes('@') ? '[MAIL]' : text),
    )
    const args = JSON.parse(source).messages[0].tool_calls[0].function.arguments
    expect(args).toBe('{"[MAIL]_2":1,"[MAIL]_3":2,"[MAIL]":3,"c":4}')
  })
})
