import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonNode } from './json-node.ts'
import { JsonSyntaxError } from './json-syntax-error.ts'
import { scanJson } from './scan-json.ts'

/** What JSON.parse would give, built from the tree. */
function parsed(node: JsonNode, source: string): unknown {
  switch (node.kind) {
    case 'object': {
      const entries = node.entries.map(({ key, value }) => [key.value, parsed(value, source)])
      return Object.fromEntries(entries)
    }
    case 'array':
      return node.items.map((item) => parsed(item, source))
    case 'string':
      return node.value
    default:
      return JSON.parse(source.slice(node.start, node.end))
  }
}

function faultOf(source: string, options?: Parameters<typeof scanJson>[1]): JsonSyntaxError {
  try {
    scanJson(source, options)
  } catch (error) {
    if (error instanceof JsonSyntaxError) return error
    throw error
  }
  throw new Error('it was accepted')
}

function accepts(read: () => unknown): boolean {
  try {
    read()
    return true
  } catch {
    return false
  }
}

const lenient = { duplicateKeys: 'allow', loneSurrogates: 'allow' } as const

const accepted = [
  ...['0', '-0', '-1', '1e400', '1E+2', '0.5e-7', '12345678901234567890', 'true', 'null'],
  ...['""', '"\\u0041\\n\\"\\/"', '"\u007f\u2028"', '"\\ud83d\\ude00"', '"\u{1f600}"'],
  ...['[]', '[ ]', '{}', '{ }', '\t[\r1 ,\n2 ] ', '{"":0}', '{"a":{"a":[]}}', '[[[[]]]]'],
]
const refused = [
  ...[
    '',
    ' ',
    '\ufeff1',
    '+1',
    '.5',
    '1.',
    '01',
    '-',
    '-01',
    '1e',
    '1e+',
    '0x1',
    'NaN',
    'Infinity',
  ],
  ...[
    'tru',
    'True',
    'nul',
    'truefalse',
    '1 2',
    '"',
    '"\\',
    '"\\x41"',
    '"\\u12g4"',
    '"\\u12"',
    '"\n"',
  ],
  ...["'a'", '[', '[1', '[1,', '[1,]', '[,1]', '[1 2]', ']', '{', '{"a"', '{"a":', '{"a":1'],
  ...['{"a":1,', '{"a":1,}', '{,}', '{a:1}', '{1:1}', '{"a" 1}', '{"a":1 "b":2}', '[1}', '{"a":1]'],
  ...['1//', '/**/1', '[1]]', '\u00a01', '\u20281', '[\v1]'],
]

describe('what it accepts', () => {
  test.each(accepted)('takes %j', (source) => {
    expect(parsed(scanJson(source), source)).toEqual(JSON.parse(source))
  })

  test.each(refused)('refuses %j, as JSON.parse does', (source) => {
    expect(accepts(() => JSON.parse(source))).toBe(false)
    expect(faultOf(source).code).toBe('invalid_json')
  })

  test('reads every JSON value with any white space as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.integer({ min: 0, max: 4 }), (compact, indent) => {
        const source = JSON.stringify(JSON.parse(compact), null, indent)
        expect(parsed(scanJson(source, lenient), source)).toEqual(JSON.parse(source))
      }),
      { numRuns: 500 },
    )
  })

  test('agrees with JSON.parse about damaged texts', () => {
    const damage = fc.record({
      at: fc.nat(),
      cut: fc.nat(3),
      put: fc.constantFrom(...'{}[]",:\\u0e1-. \n', ''),
    })
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.array(damage, { maxLength: 3 }), (json, damages) => {
        let source = json
        for (const { at, cut, put } of damages) {
          const place = at % (source.length + 1)
          source = source.slice(0, place) + put + source.slice(place + cut)
        }
        expect(
          accepts(() => scanJson(source, lenient)),
          source,
        ).toBe(accepts(() => JSON.parse(source)))
      }),
      { numRuns: 5000 },
    )
  })

  test('knows where every value stands', () => {
    const source = ' { "a" : [ 1.0 , "x\\n" ] } '
    const root = scanJson(source)
    if (root.kind !== 'object') throw new Error('an object was expected')
    const [entry] = root.entries
    const list = entry?.value
    if (list?.kind !== 'array') throw new Error('an array was expected')
    const texts = [root, entry!.key, list, ...list.items].map(({ start, end }) =>
      source.slice(start, end),
    )
    expect(texts).toEqual([
      '{ "a" : [ 1.0 , "x\\n" ] }',
      '"a"',
      '[ 1.0 , "x\\n" ]',
      '1.0',
      '"x\\n"',
    ])
  })
})

describe('what it refuses beyond the grammar', () => {
  test('fails a million levels at the first one too many', () => {
    const timeOf = (levels: number): number => {
      const started = performance.now()
      expect(faultOf('['.repeat(levels))).toMatchObject({ code: 'too_deep', offset: 64 })
      expect(faultOf('{"a":'.repeat(levels), { maxDepth: 3 })).toMatchObject({
        code: 'too_deep',
        path: 'a.a.a',
      })
      return performance.now() - started
    }
    // What comes behind the fault is not read; the floor is for what else the machine does.
    const tenth = timeOf(100_000)
    expect(timeOf(1_000_000)).toBeLessThan(40 * Math.max(tenth, 25))
  })

  test('takes exactly maxDepth levels', () => {
    expect(scanJson('['.repeat(64) + ']'.repeat(64)).kind).toBe('array')
    expect(faultOf('['.repeat(65) + ']'.repeat(65)).code).toBe('too_deep')
  })

  test('takes no more values than it is told to', () => {
    expect(scanJson('[1,[2]]', { maxValues: 4 }).kind).toBe('array')
    expect(faultOf('[1,[2,3]]', { maxValues: 4 })).toMatchObject({
      code: 'invalid_json',
      path: '[1][1]',
    })
    expect(faultOf(`[${'0,'.repeat(1_000_000)}0]`).message).toContain('too many values')
  })

  test('names the place of a key that occurs twice, among few keys and among many', () => {
    expect(faultOf('{"messages":[1,{"role":1,"role":2}]}')).toMatchObject({
      code: 'duplicate_key',
      path: 'messages[1].role',
      offset: 25,
    })
    const many = Array.from({ length: 5000 }, (_, index) => `"k${index}":{"a":1}`).join(',')
    expect(scanJson(`{${many}}`).kind).toBe('object')
    expect(faultOf(`{${many},"k17":1}`)).toMatchObject({ code: 'duplicate_key', path: 'k17' })
    expect(faultOf('{"\\u0061":1,"a":2}').code).toBe('duplicate_key')
    expect(scanJson('{"a":1,"a":2}', lenient)).toMatchObject({ entries: [{}, {}] })
  })

  test('does not take the same key in different objects for a double', () => {
    expect(scanJson('[{"a":{"a":1}},{"a":{"a":1}}]').kind).toBe('array')
  })

  test.each(['"\\ud83d"', '"\\ude00"', '"\\ude00\\ud83d"', '"\ud83d"', '{"\\uD800":1}'])(
    'refuses half of a surrogate pair in %s unless it is allowed',
    (source) => {
      expect(faultOf(source).code).toBe('lone_surrogate')
      expect(scanJson(source, lenient)).toBeDefined()
    },
  )

  test('shows no key that could be anything in the path, and no text in the message', () => {
    const { path, message } = faultOf('{"john@example.com":[0,{"ok_1":x')
    expect(path).toBe('*[1].ok_1')
    expect(message).not.toContain('john')
  })
})
