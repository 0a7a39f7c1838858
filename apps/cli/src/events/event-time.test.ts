import { describe, expect, it } from 'vitest'
import { parseTime, toLocalTime } from './event-time.ts'
import { parseRange } from './parse-range.ts'

const now = Date.UTC(2026, 0, 31, 12)

describe('--since and --until', () => {
  it.each([
    ['30s', now - 30_000],
    ['5m', now - 300_000],
    ['1h', now - 3_600_000],
    ['7d', now - 7 * 86_400_000],
    ['2w', now - 14 * 86_400_000],
    ['2026-01-31', Date.UTC(2026, 0, 31)],
    ['2026-01-31T12:00:00Z', now],
    ['2026-01-31 13:00+01:00', now],
    ['2026-01-31t12:00:00.5z', now + 500],
  ])('%s is a time', (text, expected) => {
    expect(parseTime(text, now)).toBe(expected)
  })

  it.each(['', '1', '1.5h', '-1h', 'yesterday', '2026-01-31T12:00:00', '2026-13-01', '1700000000'])(
    '"%s" is none',
    (text) => {
      expect(parseTime(text, now)).toBeNull()
    },
  )

  it('make a range', () => {
    expect(parseRange({}, now)).toEqual({})
    expect(parseRange({ since: '1h', until: '5m' }, now)).toEqual({
      since: now - 3_600_000,
      until: now - 300_000,
    })
  })

  it('are refused when nothing can lie between them, or when one is no time', () => {
    expect(() => parseRange({ since: '5m', until: '1h' }, now)).toThrow('after --until')
    expect(() => parseRange({ until: 'noon' }, now)).toThrow('"noon" is not a time')
  })
})

it('shows local times on a terminal, and leaves a broken one as it is', () => {
  const noon = new Date(2026, 0, 31, 12, 5, 9)
  expect(toLocalTime(noon.toISOString())).toBe('2026-01-31 12:05:09')
  expect(toLocalTime('soon')).toBe('soon')
})
