import { expect, it } from 'vitest'
import { eventId } from './event-id.ts'

it('eventId is a UUIDv7 that sorts by time', () => {
  const at = 1_700_000_000_000
  expect(eventId(at)).toMatch(/^evt_018bcfe5-6800-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(eventId(at) < eventId(at + 1)).toBe(true)
  expect(eventId(at)).not.toBe(eventId(at))
})
