import { expect, test } from 'vitest'
import { checkCpu } from './cpu-check.ts'
import { spreadOf } from './statistics.ts'

const reference = { bareCpuOverNginx: 4, fullCpuOverNginx: 10 }
const fine = spreadOf([9, 10, 12])

test('fails only when every round is over 60 % worse', () => {
  const check = (rounds: number[]) =>
    checkCpu({ bareCpuOverNginx: spreadOf(rounds), fullCpuOverNginx: fine }, reference)
  expect(check([6.5, 7, 9]).failed).toBe(true)
  expect(check([6.5, 7, 9]).lines[0]).toContain('over 60 % worse in every round')
  expect(check([6.3, 7, 9]).failed).toBe(false)
  expect(check([3, 3, 3]).failed).toBe(false)
})

test('says so and passes where there is nothing to compare', () => {
  expect(checkCpu({}, null)).toEqual({
    lines: ['CPU not checked: there is no full run'],
    failed: false,
  })
  const { lines, failed } = checkCpu({ fullCpuOverNginx: fine }, reference)
  expect(failed).toBe(false)
  expect(lines[0]).toBe('bareCpuOverNginx not checked: it was not measured')
  expect(checkCpu({ bareCpuOverNginx: spreadOf([Number.NaN]) }, reference).failed).toBe(false)
})
