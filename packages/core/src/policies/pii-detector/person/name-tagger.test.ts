import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Tag } from './name-tagger.ts'
import { bestTags } from './name-tagger.ts'
import { eagerness } from './person-mode.ts'
import { buckets, featuresPerWord } from './run-features.ts'
import { taggerWeights } from './tagger-model.ts'
import { leftOf, rightOf } from './word-context.ts'
import { WordFilter } from './word-filter.ts'
import { hashOf } from './word-hash.ts'

interface Card {
  readonly sha256: string
  readonly settings: { buckets: number; featuresPerWord: number; eagerness: object }
  readonly rows: readonly { source: string; licence: string; trainable: boolean }[]
  readonly leaveOneSourceOut: object
}

describe('the shipped weights', () => {
  const card = JSON.parse(readFileSync(new URL('model-card.json', import.meta.url), 'utf8')) as Card

  it('are those of the model card', () => {
    const { weights } = taggerWeights()
    const bytes = new Uint8Array(weights.buffer)
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(card.sha256)
    expect(weights).toHaveLength(2 * buckets)
    expect(card.settings).toMatchObject({ buckets, featuresPerWord, eagerness })
  })

  it('come from rows whose licence is named, and were measured on each source', () => {
    for (const row of card.rows) expect(row.licence).not.toBe('')
    const sources = new Set(card.rows.map((row) => row.source))
    expect(Object.keys(card.leaveOneSourceOut)).toEqual(expect.arrayContaining([...sources]))
  })
})

const tagLists = (count: number): Tag[][] =>
  count === 0
    ? [[]]
    : tagLists(count - 1).flatMap((tags) => ([0, 1, 2] as const).map((tag) => [...tags, tag]))

it('the best tags are those of the highest sum', () => {
  const small = fc.integer({ min: -9, max: 9 })
  const weight = fc.array(small, { minLength: 8, maxLength: 8 })
  const word = fc.array(fc.nat(3), { minLength: featuresPerWord, maxLength: featuresPerWord })
  fc.assert(
    fc.property(
      weight,
      fc.array(small, { minLength: 9, maxLength: 9 }),
      fc.array(word, { minLength: 1, maxLength: 4 }),
      small,
      (weights, steps, words, eager) => {
        const sum = (tags: readonly Tag[]): number => {
          let total = 0
          let before: Tag = 0
          for (const [index, tag] of tags.entries()) {
            if (tag === 2 && before === 0) return Number.NEGATIVE_INFINITY
            total += steps[before * 3 + tag]!
            for (const bucket of words[index]!)
              total += tag === 0 ? 0 : weights[bucket * 2 + tag - 1]!
            if (tag === 1) total += eager
            before = tag
          }
          return total
        }
        const best = bestTags(
          Int32Array.from(words.flat()),
          { weights: Int8Array.from(weights), steps: Int8Array.from(steps) },
          eager,
          new Float64Array(words.length * 3),
        )
        expect(sum(best)).toBe(Math.max(...tagLists(words.length).map(sum)))
      },
    ),
    { numRuns: 200 },
  )
})

describe('a word filter', () => {
  const members = Array.from({ length: 2_000 }, (_, index) => `member${index}`)
  const filter = WordFilter.of(members)

  it('knows its members', () => {
    expect(members.every((word) => filter.has(hashOf(word)))).toBe(true)
  })

  it('takes few other words for members', () => {
    const others = Array.from({ length: 10_000 }, (_, index) => `other${index}`)
    expect(others.filter((word) => filter.has(hashOf(word))).length).toBeLessThan(500)
  })
})

describe('what stands beside a name', () => {
  const ordinary = new Set(['called', 'by', 'was'].map((word) => hashOf(word)))
  const left = (text: string) => leftOf(text, text.length, ordinary)
  const right = (text: string, behind = '') => rightOf(text, 0, behind, ordinary)

  it('is the same for values, markers, numbers of values, rare and capitalised words', () => {
    const before = ['[EMAIL_REDACTED] ', 'zyx ', 'Maria ', '**** ', ']]]] ']
    for (const text of before) expect(left(text)).toEqual(left(']]] '))
    const behind = [' [PERSON_1]', ' zyx', ' Maria', ' 555-123-4567', ' a@example.org', ' 10.0.0.7']
    for (const text of behind) expect(right(text)).toBe(right(' ['))
  })

  it('is a word of ordinary text, wherever the text was cut', () => {
    expect(right(' called')).toBe(hashOf('called'))
    expect(right(' ', 'called')).toBe(hashOf('called'))
    expect(right('', ' called')).toBe(hashOf('called'))
    expect(left('was called ')).toEqual({ near: hashOf('called'), far: hashOf('was') })
  })
})
