import fc from 'fast-check'
import { expect, it } from 'vitest'
import { findingsInOrder, piecesOf, steps } from '../../../scan/fixtures/scan-in-pieces.ts'
import type { Match, Policy } from '../../policy.ts'
import { place, policyOf } from '../fixtures/dlp-policies.ts'

const body = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC'
const key = (lines: number) =>
  `-----BEGIN PRIVATE ${'KEY'}-----\n${`${body}${body}\n`.repeat(lines)}Kw==\n-----END PRIVATE ${'KEY'}-----`

const pieces = [
  `ghp_${'k2Xw9QvLb41TzRm8YbNcF5hJ7dPs3gAeKtUo'}`,
  'api_key = "p9Xw27QvLk41TzRm8YbN"',
  'api%5Fkey="p9Xw27QvLk41TzRm8YbN"',
  'Authorization: Bearer k2Xw9QvLb41TzRm8YbNcF5hJ7',
  `eyJ${'hbGciOiJIUzI1NiJ9'}.${'eyJzdWIiOiJhbm4iLCJyb2xlIjoib3BzIn0'.repeat(9)}.k2Xw9QvLb41TzRm8YbNcF5hJ7`,
  'd\u200ba\u200bp\u200bi0f1e2d3c4b5a69788796a5b4c3d2e1f0',
  'http://ann:k7Wq2zRt@mlflow.corp.internal:5000',
  "set_tracking_uri('http://mlflow.corp.internal:5000')",
  key(1),
  key(9).replaceAll('\n', '\\n'),
  key(14),
  `R0dVRgMAAAAjAQ${'AAAAkZWVsQ9x'.repeat(60)}==`,
  'Project  Nightjar',
  'nigthjar',
  'TLP:RED',
  'for internal use only',
  'PRJ-204817',
  'xx<tag>y</tag>',
  'models:/churn/Production',
] as const
const others = [
  'the',
  'token',
  'password:',
  'secret secret secret',
  'eyJ',
  'ghp_',
  '-----BEGIN PRIVATE',
  'project',
  'night',
  'e\u0301',
  '\ud83d',
  '😀',
  'ＡＢＣ',
  '&amp;',
  '%41',
  '\\u0041',
  'A'.repeat(200),
  'x-'.repeat(300),
  '-',
  '=',
  '"',
] as const
const separators = [' ', ' ', ' ', '', '\n', '\t', ', ', '. ', '-', '\u00a0', '  '] as const

const text = fc
  .array(
    fc.tuple(
      fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...pieces) },
        { weight: 5, arbitrary: fc.constantFrom(...others) },
        { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
      ),
      fc.constantFrom(...separators),
    ),
    { minLength: 1, maxLength: 10 },
  )
  .map((parts) => parts.flat().join(''))

const policies: Readonly<Record<string, Policy>> = {
  defaults: policyOf(),
  'marks and terms': policyOf({
    sensitivity_level: 'restricted',
    blocked_terms: ['project nightjar', 'nightjar', '<tag>'],
  }),
  'typing errors and patterns': policyOf({
    blocked_terms: ['project nightjar', 'nightjar'],
    fuzzy_matching: true,
    max_distance: 3,
    detect_patterns: ['PRJ-\\d{6}', '(?s)<.*>'],
  }),
}

function found(policy: Policy, given: readonly string[]): Match[] {
  const scanner = policy.scan?.(place)
  if (scanner === undefined) throw new Error('the policy cannot scan')
  return findingsInOrder(steps(scanner, given), 1280)
}

/** Text cut at places that the numbers choose. */
function cutAt(whole: string, places: readonly number[]): string[] {
  const sorted = [...new Set(places.map((at) => at % (whole.length + 1)))].sort((a, b) => a - b)
  return [...sorted, whole.length].map((at, index) => whole.slice(sorted[index - 1] ?? 0, at))
}

it.each(Object.entries(policies))(
  'whatever the pieces, the findings are those of the whole text, with %s',
  (_, policy) => {
    let holding = 0
    fc.assert(
      fc.property(text, fc.array(fc.nat(), { minLength: 1, maxLength: 8 }), (whole, places) => {
        const all = found(policy, [whole])
        holding += Number(all.length > 0)
        expect(found(policy, cutAt(whole, places))).toEqual(all)
      }),
      { numRuns: 600 },
    )
    expect(holding).toBeGreaterThan(300)
  },
)

it('one unit at a time', () => {
  fc.assert(
    fc.property(text, fc.constantFrom(...Object.values(policies)), (whole, policy) => {
      expect(found(policy, piecesOf(whole, 1))).toEqual(found(policy, [whole]))
    }),
    { numRuns: 60 },
  )
})

it('would fail for a scanner that holds nothing back', () => {
  const hasty: Policy = {
    ...policyOf(),
    scan: () => {
      const whole = policyOf()
      let at = 0
      const look = (part: string) => {
        const start = at
        at += part.length
        const matches = whole.inspect?.({ ...place, kind: 'text', text: part }, 'response') ?? []
        return {
          found: matches.map((one) => ({ ...one, start: one.start + start, end: one.end + start })),
          decided: at,
        }
      }
      return { push: look, end: () => look('') }
    },
  }
  const whateverThePieces = fc.property(
    text,
    fc.array(fc.nat(), { minLength: 1, maxLength: 8 }),
    (whole, places) => {
      expect(found(hasty, cutAt(whole, places))).toEqual(found(hasty, [whole]))
    },
  )
  expect(fc.check(whateverThePieces, { numRuns: 200 }).failed).toBe(true)
})
