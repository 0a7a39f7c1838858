import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonNode, JsonString } from './json-node.ts'
import { scanJson } from './scan-json.ts'
import { spliceJson } from './splice-json.ts'

function stringsIn(node: JsonNode): JsonString[] {
  if (node.kind === 'string') return [node]
  if (node.kind === 'array') return node.items.flatMap(stringsIn)
  if (node.kind === 'object') return node.entries.flatMap(({ value }) => stringsIn(value))
  return []
}

test('no edit leaves the very same text', () => {
  fc.assert(
    fc.property(fc.json(), (source) => {
      expect(spliceJson(source, [])).toBe(source)
    }),
  )
})

test('edits change their literals and nothing between them', () => {
  fc.assert(
    fc.property(
      fc.json({ maxDepth: 5 }),
      fc.string({ unit: 'binary' }),
      fc.nat(5),
      (source, text, skip) => {
        const options = { duplicateKeys: 'allow', loneSurrogates: 'allow' } as const
        const strings = stringsIn(scanJson(source, options)).filter(
          (_, index) => index % 6 !== skip,
        )
        const literal = JSON.stringify(text)
        const edited = spliceJson(
          source,
          strings.map(({ start, end }) => ({ start, end, text: literal })).reverse(),
        )
        let at = 0
        let expected = ''
        for (const { start, end } of strings) {
          expected += source.slice(at, start) + literal
          at = end
        }
        expect(edited).toBe(expected + source.slice(at))
        expect(() => JSON.parse(edited)).not.toThrow()
      },
    ),
    { numRuns: 150 },
  )
})

test('huge numbers, odd white space and escapes outside the edit survive', () => {
  const source = '{ "a" :1e400,\t"b":12345678901234567890, "c":"x","d":"\\u0041\\/" }\n'
  const [literal] = stringsIn(scanJson(source))
  expect(spliceJson(source, [{ start: literal!.start, end: literal!.end, text: '"y"' }])).toBe(
    '{ "a" :1e400,\t"b":12345678901234567890, "c":"y","d":"\\u0041\\/" }\n',
  )
})

test('refuses edits that overlap or lie outside', () => {
  const edit = (start: number, end: number) => ({ start, end, text: '' })
  expect(() => spliceJson('abcdef', [edit(0, 3), edit(2, 4)])).toThrow(RangeError)
  expect(() => spliceJson('abc', [edit(1, 9)])).toThrow(RangeError)
  expect(() => spliceJson('abc', [edit(2, 1)])).toThrow(RangeError)
})
