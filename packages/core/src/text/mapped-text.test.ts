import fc from 'fast-check'
import { expect, test } from 'vitest'
import { trickyPieces } from './fixtures/tricky-pieces.ts'
import { composeMapped, MappedTextBuilder, unchangedText } from './mapped-text.ts'
import { normalizeText } from './normalize.ts'

const run = { numRuns: 500 }
const trickyText = fc
  .array(fc.oneof(fc.string({ maxLength: 4 }), fc.constantFrom(...trickyPieces)), { maxLength: 12 })
  .map((pieces) => pieces.join(''))
test('plain ASCII comes back as the same text with the identity map', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii' }), fc.nat(), (text, index) => {
      const normal = normalizeText(text)
      expect(normal).toMatchObject({ text, changed: false })
      expect(normal.toOriginal(index)).toBe(index)
    }),
    run,
  )
})

test('the map is monotone, in range, and ends where the original ends', () => {
  fc.assert(
    fc.property(trickyText, (text) => {
      const normal = normalizeText(text)
      let last = 0
      for (let index = 0; index <= normal.text.length; index++) {
        const original = normal.toOriginal(index)
        expect(original).toBeGreaterThanOrEqual(last)
        expect(original).toBeLessThanOrEqual(text.length)
        last = original
      }
      expect(normal.toOriginal(normal.text.length)).toBe(text.length)
    }),
    run,
  )
})

test('normalising the original range of any span gives that span back, or more when a character was split', () => {
  fc.assert(
    fc.property(trickyText, fc.nat(), fc.nat(), (text, a, b) => {
      const normal = normalizeText(text)
      const size = normal.text.length + 1
      const [start, end] = [a % size, b % size].sort((x, y) => x - y) as [number, number]
      const span = normal.toOriginalSpan(start, end)
      expect(span.start).toBeLessThanOrEqual(span.end)
      expect(normalizeText(text.slice(span.start, span.end)).text).toContain(
        wholePairs(normal.text, start, end),
      )
    }),
    run,
  )
})

test('normalising twice changes nothing more', () => {
  fc.assert(
    fc.property(trickyText, (text) => {
      const once = normalizeText(text).text
      expect(normalizeText(once)).toMatchObject({ text: once, changed: false })
    }),
    run,
  )
})

test('a span over removed characters covers them, and does not run over the ones after it', () => {
  const normal = normalizeText('a 12\u200b3-\u00ad4\u200b b')
  expect(normal.text).toBe('a 123-4 b')
  expect(normal.toOriginalSpan(2, 7)).toEqual({ start: 2, end: 9 })
})

test('a span over half of a ligature covers the ligature', () => {
  const normal = normalizeText('eﬃcient')
  expect(normal.text).toBe('efficient')
  expect(normal.toOriginalSpan(2, 3)).toEqual({ start: 1, end: 2 })
})

test('chained maps lead back to the first text', () => {
  const inner = normalizeText('x\u200b%41')
  const builder = new MappedTextBuilder(inner.text)
  builder.copy(0, 1)
  builder.replace('A', 1, 4)
  const both = composeMapped(inner, builder.build())
  expect(both.text).toBe('xA')
  expect(both.toOriginalSpan(1, 2)).toEqual({ start: 2, end: 5 })
  expect(composeMapped(unchangedText('q'), unchangedText('q')).changed).toBe(false)
})

/** A span that starts or ends inside a surrogate pair has no text of its own: widen nothing, compare the inner part. */
function wholePairs(text: string, start: number, end: number): string {
  return text.slice(start, end).replace(/^[\udc00-\udfff]+|[\ud800-\udbff]+$/g, '')
}
