import fc from 'fast-check'
import { expect, it } from 'vitest'
import { policyOf } from './fixtures/scan-in-pieces.ts'

const entities = [
  'PERSON',
  'EMAIL_ADDRESS',
  'PHONE_NUMBER',
  'US_SSN',
  'CREDIT_CARD',
  'IBAN_CODE',
  'IP_ADDRESS',
]
const inStretches = policyOf({ entities })
// A customer's pattern may span anything, so with one the text is looked at as a whole.
const asWhole = policyOf({ entities, detect_patterns: ['never-in-the-text'] })

const segment = (text: string) =>
  ({ address: 'messages[0].content', role: 'user', field: 'content', kind: 'text', text }) as const

const found = (policy: typeof asWhole, text: string) =>
  policy
    .inspect?.(segment(text), 'request')
    .map(({ type, start, end }) => `${type} ${start} ${end}`)

it('a long text is looked at in stretches that cut nothing in two', () => {
  const value = fc.constantFrom(
    ...['Write to john@example.com.', 'Call 212-555-0147 today.', 'My name is Maria Lopez.'],
    ...['Pay with 4111 1111 1111 1111', 'to GB82 WEST 1234 5698 7654 32;', 'SSN 536-22-8726,'],
  )
  const filler = fc.constantFrom(
    'The report is long. ',
    'numbers: 17, 23 and 42; ',
    'a'.repeat(37),
    ' \n',
  )
  const words = fc.array(fc.oneof(value, filler), { minLength: 8, maxLength: 16 })
  fc.assert(
    fc.property(words, fc.nat(500), (pieces, shift) => {
      const line = `${pieces.join(' ')} `
      const text = 'x '.repeat(shift) + line.repeat(Math.ceil(70_000 / line.length))
      expect(found(inStretches, text)).toEqual(found(asWhole, text))
    }),
    { numRuns: 25 },
  )
})

it.each([
  ['(12) ', '(415) 555-1234 '],
  ['~', 'john.smith@example.com'],
  ['#', `${'long.'.repeat(24)}name@${'mail.'.repeat(40)}example.com`],
])('what stands where a stretch of nothing but %j is cut is found', (filler, entity) => {
  const filled = (length: number) => filler.repeat(Math.ceil(length / filler.length)).slice(-length)
  const ends = (text: string, before: number) =>
    inStretches
      .inspect?.(segment(text), 'request')
      .filter((one) => one.end > before)
      .map(({ type, end }) => `${type} ${end - before}`)
  const expected = ends(`${filled(60)}${entity}${filled(60)}`, 60)
  expect(expected).not.toEqual([])
  for (let before = 15_300; before < 16_450; before += 19)
    expect(ends(`${filled(before)}${entity}${filled(20_000)}`, before), `${before}`).toEqual(
      expected,
    )
})

it('looks at it step by step', () => {
  const steps = inStretches.inspectInSteps?.(segment('Ask Maria Lopez. '.repeat(10_000)), 'request')
  let count = 0
  while (steps?.next().done === false) count += 1
  expect(count).toBeGreaterThan(8)
})
