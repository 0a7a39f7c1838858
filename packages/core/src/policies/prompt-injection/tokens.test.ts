import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Tokens } from './tokens.ts'
import { hashWord, tokenize } from './tokens.ts'

const words = (text: string, tokens: Tokens = tokenize(text)) =>
  Array.from({ length: tokens.count }, (_, token) =>
    text.slice(tokens.starts[token], tokens.ends[token]),
  )

test('splits at anything but letters and digits, and takes other scripts character by character', () => {
  expect(words("don't stop, v2.0! 忽略 指令")).toEqual([
    "don't",
    'stop',
    'v2',
    '0',
    '忽',
    '略',
    '指',
    '令',
  ])
})

test('passes over an apostrophe when comparing words', () => {
  expect(tokenize("don't").hashes[0]).toBe(hashWord('dont'))
})

test('marks where sentences begin', () => {
  const text = 'one two. three v1.2 four\nfive\n\nsix'
  const tokens = tokenize(text)
  expect(words(text).filter((_, token) => tokens.breaks[token] === 1)).toEqual([
    'one',
    'three',
    'six',
  ])
})

test('gives words in order that never overlap, however long the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (text) => {
      const tokens = tokenize(text)
      let last = 0
      for (let token = 0; token < tokens.count; token++) {
        expect(tokens.starts[token]).toBeGreaterThanOrEqual(last)
        last = tokens.ends[token] ?? 0
        expect(last).toBeGreaterThan(tokens.starts[token] ?? 0)
      }
      expect(last).toBeLessThanOrEqual(text.length)
    }),
    { numRuns: 200 },
  )
})
