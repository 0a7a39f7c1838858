import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bootstrapByGroup } from './bootstrap.ts'
import { calibrationCurve } from './calibration-curve.ts'
import { foldsByGroup } from './folds-by-group.ts'
import { areaUnderCurve, rankWeighted, shareOf, thresholdAt } from './ranking.ts'
import { sampleOf, seededRandom } from './seeded-random.ts'
import { addRow, noCounts, overlapFigures, spurious, strictFigures } from './span-figures.ts'

describe('areaUnderCurve', () => {
  test('is the share of pairs in the right order', () => {
    // 0.9 beats 0.8, 0.4 and 0.1; 0.4 beats 0.1 and ties with 0.4: (3 + 1.5) of 6 pairs.
    expect(areaUnderCurve([0.9, 0.4], [0.8, 0.4, 0.1])).toBeCloseTo(4.5 / 6, 12)
  })

  test('is 1 when all attacks are above, 0.5 when all scores are the same', () => {
    expect(areaUnderCurve([3, 4], [1, 2])).toBe(1)
    expect(areaUnderCurve([1, 1], [1, 1, 1])).toBe(0.5)
  })

  test('agrees with counting every pair', () => {
    const scores = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(scores, scores, (attacks, harmless) => {
        let pairs = 0
        for (const a of attacks) for (const h of harmless) pairs += a > h ? 1 : a === h ? 0.5 : 0
        expect(areaUnderCurve(attacks, harmless)).toBeCloseTo(
          pairs / (attacks.length * harmless.length),
          10,
        )
      }),
    )
  })
})

describe('thresholdAt', () => {
  test('leaves at most the share above it', () => {
    const harmless = Array.from({ length: 200 }, (_, index) => index)
    const limit = thresholdAt(harmless, 0.01)
    expect(limit).toBe(197)
    expect(harmless.filter((score) => score > limit)).toEqual([198, 199])
  })

  test('counts ties as not found rather than as found', () => {
    expect(thresholdAt([5, 5, 5, 1], 0.25)).toBe(5)
  })

  test('gives the recall that the ranking gives, for any scores', () => {
    const scores = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(
        scores,
        scores,
        fc.constantFrom(0, 0.01, 0.1, 0.5),
        (attacks, harmless, share) => {
          const limit = thresholdAt(harmless, share)
          const weighted = [
            ...attacks.map((score) => ({ score, attack: true, weight: 1 })),
            ...harmless.map((score) => ({ score, attack: false, weight: 1 })),
          ]
          const recall = shareOf(attacks, (score) => score > limit)
          expect(rankWeighted(weighted).recallAt(share)).toBeCloseTo(recall, 10)
        },
      ),
    )
  })
})

test('rankWeighted counts a text as often as its weight says', () => {
  const texts = [
    { score: 3, attack: true, weight: 1 },
    { score: 2, attack: false, weight: 1 },
    { score: 1, attack: true, weight: 1 },
  ]
  // The high attack three times, the low one once: 3 of 4 pairs.
  expect(rankWeighted(texts).area([3, 1, 1])).toBe(0.75)
  expect(rankWeighted(texts).recallAt(0, [3, 1, 1])).toBe(0.75)
})

describe('bootstrapByGroup', () => {
  const values = [0, 0, 1, 1]
  const mean = (weights: ArrayLike<number>) => {
    let [sum, total] = [0, 0]
    for (const [index, value] of values.entries()) {
      sum += value * (weights[index] ?? 0)
      total += weights[index] ?? 0
    }
    return sum / total
  }

  test('draws whole groups', () => {
    // Two groups: a resample is 0, 1/2 or 1, with both ends in a quarter of the draws.
    expect(bootstrapByGroup(['a', 'a', 'b', 'b'], mean)).toEqual({ value: 0.5, low: 0, high: 1 })
  })

  test('has no width when there is one group', () => {
    expect(bootstrapByGroup(['a', 'a', 'a', 'a'], mean)).toEqual({
      value: 0.5,
      low: 0.5,
      high: 0.5,
    })
  })

  test('gives the same interval again', () => {
    const groups = ['a', 'b', 'c', 'd']
    expect(bootstrapByGroup(groups, mean)).toEqual(bootstrapByGroup(groups, mean))
  })

  test('leaves resamples without a value out', () => {
    const one = bootstrapByGroup(['a', 'b'], (weights) => (weights[0] ? 1 : Number.NaN))
    expect(one).toEqual({ value: 1, low: 1, high: 1 })
  })
})

describe('foldsByGroup', () => {
  test('deals the biggest groups first, each to the smallest fold', () => {
    expect(foldsByGroup(['a', 'b', 'b', 'b', 'c', 'c'], 2)).toEqual([1, 0, 0, 0, 1, 1])
  })

  test('never splits a group, and leaves no fold empty while there are groups', () => {
    const groups = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1 })
    fc.assert(
      fc.property(groups, fc.integer({ min: 1, max: 5 }), (names, count) => {
        const folds = foldsByGroup(names, count)
        const pairs = new Set(names.map((name, index) => `${name}${folds[index]}`))
        expect(pairs.size).toBe(new Set(names).size)
        expect(new Set(folds).size).toBe(Math.min(count, new Set(names).size))
      }),
    )
  })
})

test('calibrationCurve says what share of each bin were attacks', () => {
  const texts = [
    { score: 0.1, attack: false },
    { score: 0.2, attack: true },
    { score: 1, attack: true },
  ]
  expect(calibrationCurve(texts, 2)).toEqual([
    { from: 0, count: 2, meanScore: expect.closeTo(0.15, 10) as number, attacks: 0.5 },
    { from: 0.5, count: 1, meanScore: 1, attacks: 1 },
  ])
})

describe('span figures', () => {
  const span = (start: number, end: number) => ({ start, end, type: 'PERSON' })

  test('exact ends count as strict, a common character as overlap', () => {
    const counts = noCounts()
    addRow(counts, [span(0, 5), span(10, 20)], [span(0, 5), span(12, 20), span(30, 40)])
    addRow(counts, [span(3, 4)], [])
    expect(counts).toEqual({ rows: 2, labelled: 3, found: 3, exact: 1, reached: 2, right: 2 })
    expect(strictFigures(counts).precision).toBeCloseTo(1 / 3, 12)
    expect(overlapFigures(counts).f1).toBeCloseTo(2 / 3, 12)
    expect(spurious(counts)).toBe(1)
  })

  test('two findings in one name reach it once, and both are right', () => {
    const counts = noCounts()
    addRow(counts, [span(0, 10)], [span(0, 4), span(5, 10)])
    expect(overlapFigures(counts)).toEqual({ precision: 1, recall: 1, f1: 1 })
    expect(strictFigures(counts)).toEqual({ precision: 0, recall: 0, f1: 0 })
  })

  test('another type and a neighbour do not count', () => {
    const counts = noCounts()
    addRow(counts, [span(0, 5)], [{ ...span(0, 5), type: 'US_SSN' }, span(5, 8)])
    expect(counts).toMatchObject({ exact: 0, reached: 0, right: 0 })
  })
})

test('a seed gives the same numbers and the same sample, in the old order', () => {
  const numbers = Array.from({ length: 1000 }, seededRandom(7))
  expect(numbers).toEqual(Array.from({ length: 1000 }, seededRandom(7)))
  expect(numbers.every((one) => one >= 0 && one < 1)).toBe(true)
  expect(numbers.reduce((sum, one) => sum + one, 0) / 1000).toBeCloseTo(0.5, 1)
  const sample = sampleOf(numbers, 10)
  expect(sample).toEqual(numbers.filter((one) => sample.includes(one)))
  expect(sample).toHaveLength(10)
})
