import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scanJson } from '../json/scan-json.ts'
import { BodyText } from './body-text.ts'
import { Strand } from './strand.ts'

function strandOf(pieces: readonly string[]): Strand {
  const source = JSON.stringify(pieces)
  const root = scanJson(source, { loneSurrogates: 'allow' })
  if (root.kind !== 'array') throw new Error('an array was expected')
  const body = new BodyText(source)
  return new Strand(root.items.flatMap((node) => (node.kind === 'string' ? [{ body, node }] : [])))
}

function pieceTexts(strand: Strand): string[] {
  return strand.ranges.map(({ start, end }) => strand.text.slice(start, end))
}

test('a replacement goes into the literal where it starts', () => {
  const strand = strandOf(['mail jo', 'hn@exa', 'mple.com now'])
  strand.edit([{ start: 5, end: 21, text: '[EMAIL]' }])
  expect(pieceTexts(strand)).toEqual(['mail [EMAIL]', '', ' now'])
  expect(strand.changes().map(({ text }) => text)).toEqual(['mail [EMAIL]', '', ' now'])
})

test('an edit at the start of a literal belongs to it and not to the one before', () => {
  const strand = strandOf(['ab', 'cd'])
  strand.edit([{ start: 2, end: 4, text: 'X' }])
  expect(pieceTexts(strand)).toEqual(['ab', 'X'])
  expect(strand.changes()).toHaveLength(1)
})

test('however often it is edited, its literals make up its text and the untouched ones stay', () => {
  const edits = fc.array(
    fc.record({
      gap: fc.nat(6),
      length: fc.integer({ min: 1, max: 6 }),
      text: fc.string({ maxLength: 5 }),
    }),
    { maxLength: 5 },
  )
  fc.assert(
    fc.property(
      fc.array(fc.string({ maxLength: 8 }), { minLength: 1, maxLength: 8 }),
      fc.array(edits, { maxLength: 3 }),
      (pieces, rounds) => {
        const strand = strandOf(pieces)
        for (const round of rounds) {
          const { text } = strand
          let at = 0
          const placed = round.flatMap(({ gap, length, text: put }) => {
            const start = at + gap
            at = start + length
            return at <= text.length ? [{ start, end: at, text: put }] : []
          })
          let model = ''
          let from = 0
          for (const { start, end, text: put } of placed) {
            model += text.slice(from, start) + put
            from = end
          }
          strand.edit(placed)
          expect(strand.text).toBe(model + text.slice(from))
          expect(pieceTexts(strand).join('')).toBe(strand.text)
        }
        expect(pieceTexts(strand)).toHaveLength(pieces.length)
      },
    ),
    { numRuns: 1000 },
  )
})
