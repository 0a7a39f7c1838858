import fc from 'fast-check'
import { expect, it } from 'vitest'
import { csvField } from './csv-format.ts'

it.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\tx', "'\tx"],
  ['\rx', '"\'\rx"'],
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\nlines', '"two\nlines"'],
  ['plain', 'plain'],
  [-5, '-5'],
  [null, ''],
])('%j becomes %j', (value, field) => {
  expect(csvField(value)).toBe(field)
})

it('never begins with what a spreadsheet runs, and gives the text back', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const field = csvField(text)
      const inside = field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field
      expect(inside).not.toMatch(/^[=+\-@\t\r]/)
      expect(inside === text || inside === `'${text}`).toBe(true)
    }),
  )
})
