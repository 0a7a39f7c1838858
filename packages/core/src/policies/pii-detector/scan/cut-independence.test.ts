import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Span } from '../../../text/span.ts'
import type { Policy } from '../../policy.ts'
import { entityNames } from '../entity-types.ts'
import type { Given } from '../fixtures/scan-in-pieces.ts'
import {
  findingsInOrder,
  piecesOf,
  place,
  policyOf,
  scan,
  steps,
} from '../fixtures/scan-in-pieces.ts'

const entities = [
  'john@example.com',
  '"john doe"@example.com',
  '**"the new desk"@example.com**',
  'anna@bücher.example',
  'jo\u200bhn@example.com',
  'john\\u0040example.com',
  'a&#64;example.com',
  'x%40example.org',
  '555-123-4567',
  '(415) 555-2671 ext. 12',
  '+44 20 7946 0958',
  '555 - 123 - 4567 x123',
  '536-22-8726',
  '１２３-４５-６７８９',
  '١٢٣-٤٥-٦٧٨٩',
  '4111 1111 1111 1111',
  '3782-822463-10005',
  'GB82 WEST 1234 5698 7654 32',
  'DE89370400440532013000',
  '10.20.30.40/16',
  '2001:db8::8a2e:370:7334',
  'Maria Lopez',
  'Ludwig van der Berg',
  'J. R. Johnson',
  'john smith',
  'my name is maria lopez',
  'JOHN SMITH',
  '𝟻𝟻𝟻-𝟷𝟸𝟹-𝟺𝟻𝟼𝟽',
  'name on card: Jane Mary Doe',
  'cvv: 123',
  'EMP-123456',
  'Zoe\u0308 Kowalczyk',
  'x=aaaaaa',
  '1EG4 TE5 MK73',
  '1eg4te5mk73',
  'npi 1245 319 599',
  '1234567893',
  '912-73-1234',
  '９１２ ７３ １２３４',
] as const
const others = [
  'please',
  'the model',
  'about',
  'we saw',
  'metrics',
  'call me at',
  'phone:',
  'ssn',
  'card number',
  'npi',
  'my name is',
  'Dr.',
  'Dear',
  'The Adam optimizer',
  'and',
  'San',
  'https://x.example/p/',
  '(',
  ')',
  '[',
  ']',
  '"',
  "'",
  '+',
  '-',
  'x',
  'ext',
  'ünïcödé',
  '😀',
  '\ud83d',
  '\u0301',
  '\u200b',
  '42',
  '2024-01-15',
  '谢谢，',
  '请联系。',
  '{"a":',
  '&amp;',
  '%20',
  '\\',
  '<b>',
  'mail (a@b.example) hidden',
  'call 555-123-4567',
  '[EMAIL_1]',
  '________',
  'Ж',
  'Ω',
] as const
const separators = [
  ' ',
  ' ',
  ' ',
  '',
  '  ',
  '\n',
  '\t',
  ', ',
  '. ',
  '-',
  '/',
  ',',
  '\u00a0',
  '\u3000',
  ' - ',
] as const

interface Text {
  readonly text: string
  /** Where entities stand that were put in. */
  readonly spans: readonly Span[]
}

const entity = fc.constantFrom(...entities).map((text) => ({ text, isEntity: true }))
const other = fc
  .oneof(
    { weight: 9, arbitrary: fc.constantFrom(...others) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
  )
  .map((text) => ({ text, isEntity: false }))
const piece = fc.oneof({ weight: 4, arbitrary: entity }, { weight: 5, arbitrary: other })

/** Texts of up to about 400 characters put together from entities, prose, cues, escapes and odd characters. */
const textWithEntities: fc.Arbitrary<Text> = fc
  .array(fc.tuple(piece, fc.constantFrom(...separators)), { minLength: 1, maxLength: 16 })
  .map((pieces) => {
    let text = ''
    const spans: Span[] = []
    for (const [{ text: one, isEntity }, separator] of pieces) {
      if (isEntity) spans.push({ start: text.length, end: text.length + one.length })
      text += one + separator
    }
    return { text, spans }
  })

const every = (length: number) => Array.from({ length: Math.max(0, length - 1) }, (_, at) => at + 1)

/** Cuts a text: two of three cuts inside entities, between any two UTF-16 units; or into single units. */
const cutInside = fc
  .tuple(
    fc.array(fc.tuple(fc.nat(), fc.nat(), fc.integer({ min: 0, max: 4 })), {
      minLength: 1,
      maxLength: 8,
    }),
    fc.integer({ min: 0, max: 9 }),
  )
  .map(([places, kind]) => (text: string, spans: readonly Span[]) => {
    const cuts = new Set<number>(kind === 0 ? every(text.length) : [])
    for (const [which, offset, free] of places) {
      const span = free === 0 ? undefined : spans[which % Math.max(1, spans.length)]
      const [start, length] =
        span === undefined ? [0, text.length] : [span.start, span.end - span.start]
      if (length > 1) cuts.add(start + 1 + (offset % (length - 1)))
    }
    const sorted = [...cuts].sort((a, b) => a - b)
    const parts = [...sorted, text.length].map((at, index) =>
      text.slice(sorted[index - 1] ?? 0, at),
    )
    const inside = sorted.filter((at) =>
      spans.some(({ start, end }) => at > start && at < end),
    ).length
    return { parts, inside }
  })

const everything = [...entityNames]

const configurations: Readonly<Record<string, Given>> = {
  'all entities': { entities: everything, pci_mode: true },
  'the default entities': {},
  'patterns with a longest match': {
    entities: everything,
    detect_patterns: ['EMP-\\d{3,6}', '\\b[a-z]{3,5}\\d\\b', '(?i)key=.{1,5}', '^The', 'x$'],
  },
  'patterns without one': {
    entities: everything,
    detect_patterns: ['x=a*', '\\d+', 'e[a-z ]+n', '(?s)<.*>'],
  },
  'markers with spaces': {
    entities: everything,
    redaction: {
      custom_markers: { email: 'mail (a@b.example) hidden', phone: 'call 555-123-4567' },
    },
  },
}

/** Fails unless the text, in these pieces, is found to hold what it holds as a whole. */
function expectSame(policy: Policy, text: string, pieces: readonly string[]): void {
  const scanner = policy.scan?.(place)
  if (scanner === undefined) throw new Error('the policy cannot scan')
  expect(findingsInOrder(steps(scanner, pieces), 1280)).toEqual(scan(policy, [text]))
}

it.each(Object.entries(configurations))(
  'whatever the pieces, the findings are those of the whole text, with %s',
  (name, given) => {
    const policy = policyOf(given)
    const counts = { texts: 0, holding: 0, cuts: 0, inside: 0 }
    fc.assert(
      fc.property(textWithEntities, cutInside, ({ text, spans }, pieces) => {
        const { parts, inside } = pieces(text, spans)
        expectSame(policy, text, parts)
        counts.texts += 1
        if (spans.length > 0) counts.holding += 1
        counts.cuts += parts.length - 1
        counts.inside += inside
      }),
      { numRuns: name === 'all entities' ? 10_000 : 1_000 },
    )
    expect(counts.holding / counts.texts).toBeGreaterThan(0.8)
    expect(counts.inside / counts.cuts).toBeGreaterThan(0.5)
  },
)

it('one unit at a time, also in long texts without a place to cut', () => {
  const unit = fc.constantFrom(
    '1 ',
    'a',
    'A ',
    '4111 1111 1111 1111 ',
    'a@',
    'x=a',
    'é',
    '😀',
    '/',
    'John.',
    '[',
  )
  const long = fc.array(fc.tuple(unit, fc.integer({ min: 1, max: 900 })), {
    minLength: 1,
    maxLength: 4,
  })
  const policies = Object.values(configurations).map((given) => policyOf(given))
  fc.assert(
    fc.property(long, fc.constantFrom(...policies), (units, policy) => {
      const text = units.map(([one, count]) => one.repeat(count)).join('')
      expectSame(policy, text, piecesOf(text, 1))
    }),
    { numRuns: 25 },
  )
})
