import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from './canonical-json.ts'
import { EventRefusal } from './event-refusal.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 20 })
const key = fc.stringMatching(/^[ -~]{1,12}$/).filter((name) => name !== '__proto__')
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.boolean(),
    fc.constant(null),
    fc.maxSafeInteger(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 5 }),
  ),
}))

function shuffled(input: unknown): unknown {
  if (Array.isArray(input)) return input.map(shuffled)
  if (typeof input !== 'object' || input === null) return input
  const entries = Object.entries(input).map(([name, member]) => [name, shuffled(member)] as const)
  return Object.fromEntries(entries.reverse())
}

describe('canonicalJson', () => {
  it('sorts members by UTF-16 code units and leaves out all space', () => {
    expect(canonicalJson({ b: [1, true, null], a: { Z: 'x', '10': '', '9': {} } })).toBe(
      '{"a":{"10":"","9":{},"Z":"x"},"b":[1,true,null]}',
    )
  })

  it('escapes strings as RFC 8785 §3.2.2.2 does', () => {
    const sample = '\u20ac$\u000f\u000aA\'\u0042\u0022\u005c\\"/'
    expect(canonicalJson(sample)).toBe('"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"')
  })

  it('writes the same text whatever the order of the members, and text that means the same', () => {
    fc.assert(
      fc.property(value, (input) => {
        const canonical = canonicalJson(input)
        expect(canonicalJson(shuffled(input))).toBe(canonical)
        expect(canonicalJson(JSON.parse(canonical))).toBe(canonical)
        expect(JSON.parse(canonical)).toEqual(JSON.parse(JSON.stringify(input)))
      }),
      { numRuns: 500 },
    )
  })

  it('writes minus zero as 0', () => {
    expect(canonicalJson(-0)).toBe('0')
  })

  it.each([
    ['a fraction', 0.5],
    ['an integer that doubles cannot hold', 2 ** 53],
    ['NaN', Number.NaN],
    ['an infinity', Number.POSITIVE_INFINITY],
    ['a bigint', 1n],
    ['undefined', undefined],
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['half of a surrogate pair', 'a\ud800b'],
    ['a reversed surrogate pair', '\udc00\ud800'],
    ['a key outside ASCII', { é: 1 }],
    ['an empty key', { '': 1 }],
    ['a control character in a key', { 'a\n': 1 }],
    ['a __proto__ key', JSON.parse('{"__proto__":1}')],
    ['a hole in an array', new Array(1)],
    ['a member that is undefined', { a: undefined }],
  ])('refuses %s and says where', (_name, bad) => {
    expect(() => canonicalJson({ list: [bad] })).toThrow(EventRefusal)
    expect(() => canonicalJson({ list: [bad] })).toThrow(/list\[0\]/)
  })

  it('refuses what is nested without end', () => {
    const loop: Record<string, unknown> = {}
    loop['loop'] = loop
    expect(() => canonicalJson(loop)).toThrow(EventRefusal)
  })

  it('never quotes what it refuses, nor a key that may be user input', () => {
    const secret = 'john@example.com'
    const refused = (): string => canonicalJson({ [secret]: { inner: `${secret}\ud800` } })
    expect(refused).toThrow(EventRefusal)
    expect(refused).not.toThrow(secret)
  })
})
