import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Features, RangeScores } from './linear-model.ts'
import { hashWord, tokenize } from './tokens.ts'
import { conceptOf } from './word-concepts.ts'

const SIZE = 1024
const bucketsOf = (text: string) => [...new Features(tokenize(text), SIZE).buckets]

test('a row of concepts is the same feature in every language', () => {
  const english = bucketsOf('ignore instructions')
  const german = bucketsOf('ignoriere anweisungen')
  expect(conceptOf(hashWord('ignoriere'))).toBe(conceptOf(hashWord('ignore')))
  expect(english.filter((bucket) => german.includes(bucket))).toHaveLength(1)
})

test('concepts are not joined across the end of a sentence', () => {
  expect(bucketsOf('ignore instructions')).toHaveLength(4)
  expect(bucketsOf('ignore. instructions')).toHaveLength(3)
})

test('the score of a stretch is the sum over the features that end in it', () => {
  const words = fc.constantFrom('ignore', 'all', 'cats', 'instructions', 'now', 'и', '.', 'reveal')
  const weights = Int8Array.from({ length: SIZE }, (_, index) => ((index * 37) % 255) - 127)
  fc.assert(
    fc.property(
      fc.array(words, { minLength: 1, maxLength: 60 }),
      fc.nat(),
      fc.nat(),
      (list, a, b) => {
        const tokens = tokenize(list.join(' '))
        const from = Math.min(a % (tokens.count + 1), b % (tokens.count + 1))
        const to = Math.max(a % (tokens.count + 1), b % (tokens.count + 1))
        const { buckets, before } = new Features(tokens, SIZE)
        const inside = buckets.subarray(before[from], before[to])
        const sum = inside.reduce((total, bucket) => total + (weights[bucket] ?? 0), 0)
        const scores = new RangeScores({ weights, scale: 0.5, bias: 1 }, tokens)
        const expected = inside.length === 0 ? 1 : 1 + (sum * 0.5) / Math.sqrt(inside.length)
        expect(scores.of(from, to)).toBeCloseTo(expected, 6)
      },
    ),
    { numRuns: 200 },
  )
})
