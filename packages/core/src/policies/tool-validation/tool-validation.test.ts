import { describe, expect, it } from 'vitest'
import { lintConfig } from '../../config/lint-config.ts'
import { createEngine } from '../../engine/create-engine.ts'
import { chainOf } from '../../fixtures/test-chain.ts'
import { compileSchema } from './compile-schema.ts'
import { toolValidation } from './tool-validation.ts'

/** Errors and warnings of lint for the schema of one tool. */
function lint(schema: unknown, more: object = {}) {
  const text = JSON.stringify({
    pack: { name: 't', version: '1.0.0' },
    policies: { chain: ['tool-validation'] },
    policy: { 'tool-validation': { schemas: { read: schema }, ...more } },
  })
  return lintConfig([{ text, file: 'c.yaml' }])
    .issues.filter(({ path }) => path !== '')
    .map(({ code, severity, path, message }) => ({ code, severity, path, message }))
}

const at = (path: string) => `policy.tool-validation.schemas.read${path}`

describe('a schema', () => {
  it.each([
    ['leads elsewhere', { $ref: 'https://example.com/s.json' }, '["$ref"]', /leads out/],
    ['leads to an anchor', { $ref: '#name' }, '["$ref"]', /leads out/],
    ['goes round in a circle', { properties: { a: { $ref: '#' } } }, '', /circle/],
    ['has long unique lists', { uniqueItems: true, maxItems: 5000 }, '.uniqueItems', /too long/],
    [
      'has a pattern that RE2 does not take',
      { pattern: '(?=a)' },
      '',
      /no schema that can be used/,
    ],
    ['is none', { type: 'strange' }, '', /no schema that can be used/],
    ['is a text', 'object', '', /must be a mapping/],
    ['leads nowhere', { $ref: '#/$defs/gone' }, '', /no schema that can be used/],
  ])('that %s is an error with its place', (_, schema, path, message) => {
    expect(lint(schema)).toEqual([
      { code: 'E014', severity: 'error', path: at(path), message: expect.stringMatching(message) },
    ])
  })

  it('that is nested too deeply is refused', () => {
    let schema: object = {}
    for (let depth = 0; depth < 40; depth++) schema = { not: schema }
    expect(lint(schema)).toMatchObject([{ severity: 'error', path: at('') }])
  })

  it('whose references multiply is refused', () => {
    const defs: Record<string, object> = { d0: { type: 'string' } }
    for (let depth = 1; depth <= 20; depth++)
      defs[`d${depth}`] = { anyOf: [1, 2].map(() => ({ $ref: `#/$defs/d${depth - 1}` })) }
    expect(lint({ $defs: defs, $ref: '#/$defs/d20' })).toMatchObject([{ severity: 'error' }])
  })

  it('with a format gets a warning', () => {
    expect(lint({ format: 'email' })).toMatchObject([{ severity: 'warning', path: at('.format') }])
  })

  it('may refer to its own places', () => {
    expect(
      lint({ $defs: { a: { type: 'string' } }, properties: { x: { $ref: '#/$defs/a' } } }),
    ).toEqual([])
  })

  it('matches a pattern in linear time: another engine would never end', () => {
    const check = compileSchema({ pattern: '^(a+)+$' })
    expect(check(`${'a'.repeat(20_000)}!`)).toEqual({ place: '', keyword: 'pattern' })
    expect(check('a'.repeat(20_000))).toBeNull()
  })

  it('of several patterns each counts at its own place (one was taken for all)', () => {
    const url = { type: 'string', pattern: '^https://' }
    const name = { type: 'string', pattern: '^[a-z]+$' }
    const check = compileSchema({ properties: { url, name } })
    expect(check({ url: 'file:///etc/passwd' })).toEqual({ place: 'url', keyword: 'pattern' })
    expect(check({ url: 'https://a', name: 'A' })).toEqual({ place: 'name', keyword: 'pattern' })
    expect(check({ url: 'https://a', name: 'a' })).toBeNull()
  })
})

describe('semantic_validation', () => {
  it.each([{ enabled: true }, { endpoint: 'https://example.com' }])('%j is E011', (given) => {
    expect(lint({}, { semantic_validation: given })).toMatchObject([{ code: 'E011' }])
  })

  it('is accepted when it is off', () => {
    expect(lint({}, { semantic_validation: { enabled: false } })).toEqual([])
  })
})

it('names the tool, the place and the keyword, and no value', async () => {
  const schemas = {
    read: {
      properties: { filter: { additionalProperties: { type: 'array', items: { maximum: 3 } } } },
    },
  }
  const options = { declared_tools: [], schemas, allow_undeclared: false }
  const engine = createEngine(chainOf({ definition: toolValidation, options }))
  const call = { name: 'read', arguments: '{"filter": {"my secret": [1, 777]}}' }
  const decision = await engine.evaluateResponse({
    messages: [{ role: 'assistant', tool_calls: [{ function: call }] }],
  })
  expect(decision).toMatchObject({
    outcome: 'block',
    message: 'The arguments of the tool read do not fit its schema at filter.*[1] (maximum)',
    param: 'messages[0].tool_calls[0]',
  })
})
