import { expect, test } from 'vitest'
import { growthOf } from './soak.ts'

test('growth is what memory does after the warm-up; the most counts at any time', () => {
  const moments = Array.from({ length: 101 }, (_, at) => {
    const minutes = at / 10
    return { minutes, rssMb: minutes < 2 ? 250 - 50 * minutes : 148 + minutes, openFiles: 50 }
  })
  const { slope, most, after } = growthOf(moments, 10)
  expect(slope).toBeCloseTo(1)
  expect(most).toBe(250)
  expect(after[0]?.minutes).toBe(2)
})
