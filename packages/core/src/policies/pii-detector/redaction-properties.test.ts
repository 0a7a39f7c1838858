import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Direction } from '../../message/segment.ts'
import type { Match, Policy } from '../policy.ts'
import { entityNames, markerLabel } from './entity-types.ts'
import { policyOf, scan } from './fixtures/scan-in-pieces.ts'
import type { PiiDetectorOptions } from './options.ts'

const runs = { numRuns: 1_000 }

const planted: Readonly<Record<string, readonly string[]>> = {
  EMAIL_ADDRESS: ['mary.ann@mail.example.org', "o'hara+x@example.co.uk", 'anna@bücher.example'],
  PHONE_NUMBER: ['555-123-4567', '(415) 555-2671', '+44 20 7946 0958', '555.123.4567'],
  US_SSN: ['536-22-8726', '078-05-1120', '536 22 8726'],
  CREDIT_CARD: ['4111 1111 1111 1111', '5555555555554444', '3782-822463-10005'],
  IBAN_CODE: ['GB82WEST12345698765432', 'DE89 3704 0044 0532 0130 00'],
  IP_ADDRESS: ['10.20.30.40', '2001:db8::8a2e:370:7334', '192.168.0.0/16'],
  US_ITIN: ['912-73-1234', '900 70 0000'],
  US_MBI: ['1EG4-TE5-MK73', '1EG4 TE5 MK73'],
  PERSON: ['Maria Lopez', 'William T. Baker', 'Jennifer Kowalczyk'],
}
const filler = [
  'please',
  'tell the model',
  'about',
  'runs and',
  'we saw',
  'metrics',
  'it says',
  'so',
  'and then',
  'because',
  'call',
  'phone:',
  'ssn',
  'card number',
  'npi',
  '1234567893',
  'my name is',
  'from',
  '(',
  ')',
  '[',
  ']',
  '-',
  ',',
  '.',
  ':',
  '\n',
  '!',
  'ünïcödé',
  '😀',
  '42',
  '7',
  '2024-01-15',
]

const plain = [
  'please tell',
  'the model',
  'about',
  'we saw',
  'metrics',
  'it says',
  'and then',
  'because of',
  'runs',
]

const word = fc.constantFrom(...filler)
const value = fc.constantFrom(...Object.values(planted).flat())
const anything = fc.oneof(
  { weight: 4, arbitrary: word },
  { weight: 3, arbitrary: value },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
  { weight: 1, arbitrary: fc.stringMatching(/^[0-9a-fA-F@.:/ +()-]{1,24}$/) },
)
const text = fc
  .array(fc.tuple(anything, fc.constantFrom(' ', ' ', ' ', '', '-', '/')), { maxLength: 12 })
  .map((parts) => parts.map(([part, gap]) => part + gap).join(''))
const direction = fc.constantFrom<Direction>('request', 'response')
const format = fc.constantFrom('label', 'asterisks', 'numbered', 'hash')

function policy(
  marker_format: PiiDetectorOptions['redaction']['marker_format'],
  preserve_length = false,
) {
  const entities = [...entityNames]
  const key = marker_format === 'hash' ? { hash_key_ref: { env: 'KEY' } } : {}
  return policyOf({
    entities,
    pci_mode: true,
    redaction: { marker_format, preserve_length, ...key },
  })
}

function matchesOf(made: Policy, input: string, way: Direction) {
  const segment = {
    address: 'a',
    role: 'user',
    field: 'content',
    kind: 'text',
    text: input,
  } as const
  return made.inspect?.(segment, way) ?? []
}

function redact(made: Policy, input: string, way: Direction): string {
  return edited(input, matchesOf(made, input, way))
}

function edited(input: string, matches: readonly Match[]): string {
  let output = ''
  let copied = 0
  for (const { start, end, replacement } of matches) {
    output += input.slice(copied, start) + replacement
    copied = end
  }
  return output + input.slice(copied)
}

describe('for any text', () => {
  it('findings are in range, in order and do not overlap', () => {
    const made = policy('label')
    fc.assert(
      fc.property(text, direction, (input, way) => {
        let last = 0
        for (const { start, end } of matchesOf(made, input, way)) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          last = end
        }
        expect(last).toBeLessThanOrEqual(input.length)
      }),
      runs,
    )
  })

  it('redacting twice is redacting once', () => {
    fc.assert(
      fc.property(text, direction, format, fc.boolean(), (input, way, marker, keep) => {
        const made = policy(marker, keep && marker !== 'numbered' && marker !== 'hash')
        const once = redact(made, input, way)
        expect(redact(made, once, way)).toBe(once)
      }),
      runs,
    )
  })

  it('redacting an answer twice is redacting it once', () => {
    fc.assert(
      fc.property(text, format, fc.boolean(), (input, marker, keep) => {
        const made = policy(marker, keep && marker !== 'numbered')
        const once = edited(input, scan(made, [input]))
        expect(edited(once, scan(made, [once]))).toBe(once)
      }),
      runs,
    )
  })

  it('redacting twice is redacting once with partial markers, where values stand apart', () => {
    const apart = fc.array(fc.oneof(fc.constantFrom(...plain), value), { maxLength: 12 })
    fc.assert(
      fc.property(apart, direction, (words, way) => {
        const once = redact(policy('partial'), words.join(' '), way)
        expect(redact(policy('partial'), once, way)).toBe(once)
      }),
      runs,
    )
  })

  it('partial markers and preserve_length keep the length', () => {
    fc.assert(
      fc.property(text, direction, fc.constantFrom('label', 'partial'), (input, way, marker) => {
        expect(redact(policy(marker, true), input, way)).toHaveLength(input.length)
      }),
      runs,
    )
  })
})

describe('an entity planted in ordinary text', () => {
  const around = fc.array(fc.constantFrom(...plain), { minLength: 1, maxLength: 6 })
  const end = fc.constantFrom('', '.', ',', '!', '?', ')', '\n', ' now')

  it.each(Object.entries(planted))('%s is found and nothing of it survives', (entity, items) => {
    const made = policy('label')
    fc.assert(
      fc.property(around, fc.constantFrom(...items), end, direction, (before, item, tail, way) => {
        const input = `${before.join(' ')} ${item}${tail}`
        const marker = `[${markerLabel(entity)}_REDACTED]`
        expect(redact(made, input, way)).toBe(`${before.join(' ')} ${marker}${tail}`)
      }),
      { numRuns: 300 },
    )
  })
})
