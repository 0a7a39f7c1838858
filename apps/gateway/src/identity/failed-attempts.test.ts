import { expect, it } from 'vitest'
import { FailedAttempts } from './failed-attempts.ts'

it('lets an address fail twenty times a minute, then asks it to wait for the rest of it', () => {
  const attempts = new FailedAttempts()
  const first = Array.from({ length: 20 }, () => attempts.failed('10.0.0.1', 1000))
  expect(first.every(({ recorded, retryAfter }) => recorded && retryAfter === null)).toBe(true)
  expect(attempts.failed('10.0.0.1', 31_000)).toEqual({ recorded: false, retryAfter: 30 })
  expect(attempts.failed('10.0.0.2', 31_000)).toEqual({ recorded: true, retryAfter: null })
  expect(attempts.failed('10.0.0.1', 61_000)).toEqual({ recorded: true, retryAfter: null })
})

it('records no more than 600 a minute, however many addresses there are, and forgets the oldest of 10,000', () => {
  const attempts = new FailedAttempts()
  let recorded = 0
  for (let i = 0; i < 25_000; i++)
    if (attempts.failed(`10.0.${i >> 8}.${i & 255}`, 5000).recorded) recorded += 1
  expect(recorded).toBe(600)
  expect(attempts.failed('10.0.0.0', 66_000).recorded).toBe(true)
})

it('starts anew when the clock was set back', () => {
  const attempts = new FailedAttempts()
  for (let i = 0; i < 21; i++) attempts.failed('10.0.0.1', 1_000_000)
  expect(attempts.failed('10.0.0.1', 5000).retryAfter).toBeNull()
})
