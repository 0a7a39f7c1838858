import { describe, expect, it } from 'vitest'
import { callOverStaleConnections } from './stale-connections.ts'

describe('G21: an upstream that closes connections at the moment they are used again', () => {
  it('G21: 1000 calls arrive once at most, and what could not be sent says so', {
    timeout: 200_000,
  }, async () => {
    const outcome = await callOverStaleConnections(1000)
    expect(outcome.duplicates).toBe(0)
    expect(outcome.arrived).toBeGreaterThanOrEqual(outcome.answered)
    expect(new Set(outcome.failures)).toEqual(new Set(['502 upstream_unreachable']))
    // The race was there: connections were used again, and most calls went well all the same.
    expect(outcome.reused).toBeGreaterThan(0)
    expect(outcome.answered).toBeGreaterThan(250)
  })
})
