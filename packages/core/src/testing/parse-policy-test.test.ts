import { describe, expect, test } from 'vitest'
import { parsePolicyTest } from './parse-policy-test.ts'

const input = { messages: [{ role: 'user', content: 'Hello' }] }
const expected = { verdict: 'allow' }
const parse = (value: unknown) =>
  parsePolicyTest({ text: JSON.stringify(value, null, 2), file: 'tests/a.json' })

test('reads a test with its place', () => {
  const { test: found, issues } = parse({ name: 'a', input, expected })
  expect(issues).toEqual([])
  expect(found).toMatchObject({
    suite: null,
    test: { name: 'a', input: { endpoint: '/v1/chat/completions', stream: false } },
    position: { file: 'tests/a.json', line: 1, column: 1 },
  })
})

test('warns about what has no effect', () => {
  const { test: found, issues } = parse({
    name: 'a',
    input: { ...input, proxy_name: 'p', team_slugs: ['t'] },
    expected,
  })
  expect(found).not.toBeNull()
  expect(issues).toMatchObject([{ severity: 'warning' }, { severity: 'warning' }])
})

describe('a file that is no test is refused with its place', () => {
  test.each<[unknown, string, number, RegExp]>([
    [{ name: 'a', inputs: input, expected }, 'E002', 3, /"inputs" is not a known key/],
    [{ name: 'a', expected }, 'E015', 1, /"input" is missing/],
    [{ name: 'a', input, expected: {} }, 'E015', 11, /"verdict" is missing/],
    [{ name: 'a', input, expected: { verdict: 'blocked' } }, 'E014', 12, /blocked/],
    [{ name: 'a', input: {}, expected }, 'E015', 3, /either messages or request/],
    [{ name: 'a', input: { ...input, request: {} }, expected }, 'E015', 3, /either messages/],
    [{ name: 'a', input: { request: {}, model: 'm' }, expected }, 'E014', 4, /beside request/],
    [{ name: 'a', input: { ...input, stream: true }, expected }, 'E014', 10, /Nothing would be/],
    [{ name: 'a', input, expected: { ...expected, answer: 'x' } }, 'E015', 13, /gives none/],
    [
      { name: 'a', input: { ...input, endpoint: '/v1/responses' }, expected },
      'E014',
      10,
      /messages for/,
    ],
    [[], 'E013', 1, /expected a mapping/],
  ])('%#', (value, code, line, message) => {
    const { test: found, issues } = parse(value)
    expect(found).toBeNull()
    const issue = issues.find((one) => one.code === code)
    expect(issue?.position).toMatchObject({ file: 'tests/a.json', line })
    expect(issue?.message).toMatch(message)
  })

  test.each([
    ['{"name": "a",}', 'E010', 1, 14],
    ['{\n  "name": "a",\n  "name": "b"\n}', 'E016', 3, 3],
    ['', 'E010', 1, 1],
    [`${'['.repeat(100)}`, 'E010', 1, 65],
    ['{"__proto__": 1}', 'E010', 1, 2],
  ])('%j', (text, code, line, column) => {
    const { issues } = parsePolicyTest({ text, file: 'tests/a.json' })
    expect(issues).toMatchObject([{ code, position: { line, column } }])
  })
})
