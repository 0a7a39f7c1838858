import { describe, expect, test } from 'vitest'
import { wordPolicy } from '../fixtures/test-chain.ts'
import { parsePolicyCases } from './parse-policy-cases.ts'
import type { PolicyCase } from './policy-case.ts'
import { runPolicyCases } from './run-policy-cases.ts'

const masked = wordPolicy({ secret: '[X]' })
const problems = async (...cases: PolicyCase[]) =>
  (await runPolicyCases(masked, cases)).flatMap((result) => result.problems)

describe('running cases', () => {
  test('finds nothing wrong with cases that are right', async () => {
    const expect_ = { verdict: 'redact', rules: ['word'], types: ['WORD'] } as const
    const messages = [{ role: 'user', content: 'a secret' }]
    expect(
      await problems(
        { name: 'text', text: 'a secret', expect: { ...expect_, text: 'a [X]' } },
        {
          name: 'answer',
          direction: 'response',
          text: 'secret',
          expect: { ...expect_, text: '[X]' },
        },
        {
          name: 'messages',
          messages,
          expect: { ...expect_, messages: [{ role: 'user', content: 'a [X]' }] },
        },
        { name: 'clean', text: 'nothing', expect: { verdict: 'pass', rules: [] } },
      ),
    ).toEqual([])
  })

  test.each<[string, PolicyCase['expect']]>([
    ['another verdict', { verdict: 'block' }],
    ['other rules', { verdict: 'redact', rules: ['other'], text: 'a [X]' }],
    ['other types', { verdict: 'redact', types: [], text: 'a [X]' }],
    ['another text', { verdict: 'redact', text: 'a [Y]' }],
    ['other messages', { verdict: 'redact', messages: [] }],
  ])('tells %s', async (_, expected) => {
    expect(await problems({ name: 'wrong', text: 'a secret', expect: expected })).toHaveLength(1)
  })

  test('takes options as users write them, and refuses wrong ones', async () => {
    const sample: PolicyCase = {
      name: 'x',
      options: { mode: 'monitor' },
      text: 'secret',
      expect: { verdict: 'would_redact' },
    }
    expect(await problems(sample)).toEqual([])
    await expect(problems({ ...sample, options: { nonsense: 1 } })).rejects.toThrow(/nonsense/)
  })
})

describe('reading cases', () => {
  test('takes a list of cases', () => {
    expect(parsePolicyCases('- {name: a, text: b, expect: {verdict: pass}}')).toEqual([
      { name: 'a', text: 'b', expect: { verdict: 'pass' } },
    ])
  })

  test.each([
    ['{}', /must be a list/],
    ['- text', /case 1 must be a mapping/],
    ['- {text: x, expect: {verdict: pass}}', /case 1 needs a name/],
    ['- {name: a, text: x}', /a needs expect.verdict/],
    ['- {name: a, expect: {verdict: pass}}', /either text or messages/],
    ['- {name: a, text: x, messages: [], expect: {verdict: pass}}', /either text or messages/],
    ['- {name: a, text: x, expect: {verdict: redact}}', /needs expect.text/],
    ['- {name: a, text: x, extra: 1, expect: {verdict: pass}}', /unknown key extra/],
    ['- {name: a, text: x, expect: {verdict: pass, rule: b}}', /unknown key rule/],
  ])('says what is wrong with %s', (yaml, message) => {
    expect(() => parsePolicyCases(yaml)).toThrow(message)
  })
})
