import { expect, test } from 'vitest'
import { checkCpu } from './cpu-check.ts'
import { spreadOf } from './statistics.ts'

const here = '2 cores'
const reference = { machine: here, bareCpuOverNginx: 4, fullCpuOverNginx: 10 }
const fine = spreadOf([9, 10, 12])

test('fails only when every round is over 60 % worse', () => {
  const check = (rounds: number[]) =>
    checkCpu({ bareCpuOverNginx: spreadOf(rounds), fullCpuOverNginx: fine }, reference, here)
  expect(check([6.5, 7, 9]).failed).toBe(true)
  expect(check([6.5, 7, 9]).lines[0]).toContain('over 60 % worse in every round')
  expect(check([6.3, 7, 9]).failed).toBe(false)
  expect(check([3, 3, 3]).failed).toBe(false)
})

test('says so and passes where there is nothing to compare', () => {
  expect(checkCpu({}, null, here)).toEqual({
    lines: ['CPU not checked: there is no full run'],
    failed: false,
  })
  const { lines, failed } = checkCpu({ fullCpuOverNginx: fine }, reference, here)
  expect(failed).toBe(false)
  expect(lines[0]).toBe('bareCpuOverNginx not checked: it was not measured')
  expect(checkCpu({ bareCpuOverNginx: spreadOf([Number.NaN]) }, reference, here).failed).toBe(false)
})

test('decides nothing on another machine than that of the full run, and says so', () => {
  const { lines, failed } = checkCpu({ fullCpuOverNginx: spreadOf([40]) }, reference, '64 cores')
  expect(failed).toBe(false)
  expect(lines.join(' ')).toContain('over 60 % worse')
  expect(lines.at(-1)).toBe('That was on 2 cores: it decides nothing')
})
