import { expect, test } from 'vitest'
import { median, percentile, slopeOf, spreadOf } from './statistics.ts'

test('a percentile of a sorted list is a member of it', () => {
  const sorted = Float64Array.from([1, 2, 3, 4])
  expect(percentile(sorted, 0.5)).toBe(3)
  expect(percentile(sorted, 0.99)).toBe(4)
})

test('a spread has the middle and both ends, in whatever order the values came', () => {
  expect(spreadOf([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 })
  expect(median([4, 1, 2, 3])).toBe(2.5)
})

test('nothing measured is not a number, never nought', () => {
  expect(spreadOf([]).median).toBeNaN()
  expect(median([])).toBeNaN()
  expect(percentile([], 0.5)).toBeNaN()
  expect(slopeOf([{ x: 1, y: 1 }])).toBeNaN()
})

test('the slope of points on a line is that of the line, and noise on both sides does not change it', () => {
  const line = (x: number) => ({ x, y: 100 + 0.5 * x })
  expect(slopeOf([0, 1, 2, 3].map(line))).toBeCloseTo(0.5)
  const noise = [1, -1, -1, 1]
  const noisy = noise.map((off, x) => ({ x, y: line(x).y + off }))
  expect(slopeOf(noisy)).toBeCloseTo(0.5)
})
