import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Restoration } from '../../policy.ts'
import {
  cut,
  findingsInOrder,
  piecesOf,
  place,
  policyOf,
  steps,
} from '../fixtures/scan-in-pieces.ts'
import type { Placeholder } from './placeholder.ts'
import { RestoreScanner } from './restore-scanner.ts'

const known = new Map([
  ['EMAIL 1', 'ann@example.com'],
  ['EMAIL 2', '[EMAIL_1]'],
  ['CREDIT_CARD 12', '4111 1111 1111 1111'],
  ['PERSON 3', ''],
])
const restored = {
  labels: new Set([...known.keys()].map((key) => key.split(' ')[0] ?? '')),
  valueOf: ({ label, number }: Placeholder) => known.get(`${label} ${number}`) ?? null,
}

const piece = fc.oneof(
  fc.constantFrom(
    ...[
      '[EMAIL_1]',
      '[EMAIL_10]',
      '[email 2]',
      '\\[EMAIL\\_2\\]',
      '&#91;CREDIT_CARD_12&#93;',
      '&lsqb; Person_3 &rsqb;',
    ],
    ...[
      '\\[credit\\_card\\_12\\]',
      '[EMAIL_1',
      'EMAIL_1]',
      '[PHONE_1]',
      '[CREDIT CARD 12]',
      '&#x5B;EMAIL_1&#x5d;',
    ],
  ),
  fc.constantFrom(
    '[',
    ']',
    '\\',
    '&',
    '_',
    ' ',
    '#91;',
    'EMAIL',
    '1',
    '0',
    'x',
    '&lt',
    '&lbrack;',
    '😀',
    '[[',
    '\\\\',
  ),
)
const text = fc.array(piece, { minLength: 1, maxLength: 12 }).map((pieces) => pieces.join(''))
const lengths = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 40 })

function restorations(pieces: readonly string[]): Restoration[] {
  return findingsInOrder(steps(new RestoreScanner(restored), pieces), 64)
}

it('whatever the pieces, what is given back is that of the whole text', () => {
  let count = 0
  fc.assert(
    fc.property(text, lengths, (input, sizes) => {
      const whole = restorations([input])
      expect(restorations(cut(input, sizes))).toEqual(whole)
      expect(restorations(piecesOf(input, 1))).toEqual(whole)
      count += whole.length
    }),
    { numRuns: 5_000 },
  )
  expect(count).toBeGreaterThan(5_000)
})

it('prose with brackets is not held back', () => {
  const input = 'see [the docs](x), a[0] && b, and [Error: none] of [it]. '.repeat(5)
  for (const { length, decided } of steps(new RestoreScanner(restored), piecesOf(input, 1)))
    expect(length - decided).toBeLessThanOrEqual(3)
})

it('a model that repeats what it was sent gives the caller the own text back', () => {
  const value = fc.constantFrom(
    ...[
      'ann@example.com',
      'Bob.Lee@example.org',
      '555-123-4567',
      '(415) 555-2671',
      '536-22-8726',
      '4111 1111 1111 1111',
    ],
    ...['DE89 3704 0044 0532 0130 00', '10.20.30.40', '2001:db8::8a2e:370:7334'],
  )
  const word = fc.constantFrom(
    'so',
    'please write to',
    'or',
    'see',
    '(',
    ')',
    ':',
    '\n',
    '😀',
    '[EMAIL_1]',
    '[SSN_2]',
    '[PHONE_1]',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(value, word), { maxLength: 10 }), lengths, (words, sizes) => {
      const input = words.join(' ')
      const redaction = { marker_format: 'numbered' as const, restore: true }
      const policy = policyOf({ redaction }).forCall?.({})
      const segment = { ...place, role: 'user', kind: 'text', text: input } as const
      policy?.prepare?.([segment])
      const matches = policy?.inspect?.(segment, 'request') ?? []
      const sent = edit(
        input,
        matches.map(({ start, end, replacement }) => ({ start, end, text: replacement ?? '' })),
      )
      const scanner = policy?.restore?.(place)
      if (scanner === undefined) throw new Error('the policy does not restore')
      const found = [...steps(scanner, cut(sent, sizes))].flatMap((step) => step.found)
      expect(edit(sent, found)).toBe(input)
    }),
    { numRuns: 1_000 },
  )
})

function edit(input: string, edits: readonly Restoration[]): string {
  const [before, from] = edits.reduce<readonly [string, number]>(
    ([output, at], { start, end, text: put }) => [output + input.slice(at, start) + put, end],
    ['', 0],
  )
  return before + input.slice(from)
}
