import { expect, it } from 'vitest'
import { foldDigits } from './fold-digits.ts'

it('gives every decimal digit of the basic plane its value: ten in a row count from 0 to 9', () => {
  const digits = Array.from({ length: 0xffff }, (_, point) => String.fromCharCode(point))
    .filter((character) => /\p{Nd}/u.test(character))
    .join('')
  expect(digits.length % 10).toBe(0)
  expect(foldDigits(digits).text).toBe('0123456789'.repeat(digits.length / 10))
})

it('keeps every offset and everything else', () => {
  const { text, toOriginalSpan } = foldDigits('a١b２😀½')
  expect(text).toBe('a1b2😀½')
  expect(toOriginalSpan(1, 2)).toEqual({ start: 1, end: 2 })
  expect(foldDigits('plain 123').changed).toBe(false)
})
