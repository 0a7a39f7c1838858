import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anEndedCall } from '../fixtures/reporter.ts'
import { DropQueue } from './drop-queue.ts'
import { RunCounts } from './mlflow/run-counts.ts'
import { retryDelay, usualPace } from './pace.ts'

describe('the queue', () => {
  it('keeps the newest in order, and says what it drops', () => {
    const steps = fc.array(fc.oneof(fc.constant('push' as const), fc.nat({ max: 5 })))
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), steps, (capacity, actions) => {
        const queue = new DropQueue<number>(capacity)
        const model: number[] = []
        actions.forEach((action, i) => {
          if (action === 'push') {
            const hadRoom = model.length < capacity
            if (!hadRoom) model.shift()
            model.push(i)
            expect(queue.push(i)).toBe(hadRoom)
          } else expect(queue.take(action)).toEqual(model.splice(0, action))
          expect(queue.length).toBe(model.length)
        })
      }),
    )
  })
})

describe('counts', () => {
  const outcomes = ['allow', 'redact', 'block', 'error'] as const
  const calls = fc.array(
    fc.record({
      outcome: fc.constantFrom(...outcomes),
      totalUs: fc.integer({ min: 0, max: 600_000_000 }),
      inputTokens: fc.nat({ max: 1000 }),
    }),
    { minLength: 1 },
  )

  it('come to the same totals, however they are cut into reports', () => {
    fc.assert(
      fc.property(calls, fc.array(fc.boolean()), (given, cuts) => {
        const counts = new RunCounts()
        const last = new Map<string, number>()
        const report = (step: number) => {
          for (const { key, value } of counts.report({ timestamp: 0, step })) last.set(key, value)
        }
        given.forEach((call, i) => {
          counts.add(anEndedCall(call))
          if (cuts[i]) report(i)
        })
        report(given.length)
        const of = (outcome: string) => given.filter((call) => call.outcome === outcome).length
        expect(last.get('requests_total')).toBe(given.length)
        expect(last.get('requests_blocked')).toBe(of('block'))
        expect(last.get('requests_redacted')).toBe(of('redact'))
        expect(last.get('requests_failed')).toBe(of('error'))
        const tokens = given.reduce((sum, call) => sum + call.inputTokens, 0)
        expect(last.get('tokens_input') ?? 0).toBe(tokens)
        expect(counts.report({ timestamp: 0, step: 0 })).toEqual([])
      }),
    )
  })

  it('know the times of calls to one part in a hundred', () => {
    fc.assert(
      fc.property(calls, (given) => {
        const counts = new RunCounts()
        for (const call of given) counts.add(anEndedCall(call))
        const points = counts.report({ timestamp: 0, step: 0 })
        const found = (key: string) =>
          points.find((point) => point.key === key)?.value ?? Number.NaN
        const sorted = given.map(({ totalUs }) => Math.max(1, totalUs)).sort((a, b) => a - b)
        const exact = (sorted[Math.ceil(sorted.length / 2) - 1] ?? 0) / 1000
        expect(Math.abs(found('latency_ms_p50') - exact)).toBeLessThanOrEqual(exact / 100 + 0.001)
        const max = (sorted.at(-1) ?? 0) / 1000
        expect(Math.abs(found('latency_ms_max') - max)).toBeLessThanOrEqual(max / 100 + 0.001)
      }),
    )
  })
})

it('the wait between attempts stays between a second and a minute, or what the server asked for', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.nat(),
      (count, random, askedMs) => {
        const delay = retryDelay({ count, askedMs: 0, random }, usualPace)
        expect(delay).toBeGreaterThanOrEqual(1000)
        expect(delay).toBeLessThanOrEqual(60_000)
        const asked = retryDelay({ count, askedMs, random }, usualPace)
        expect(asked).toBeGreaterThanOrEqual(Math.min(askedMs, 600_000))
        expect(asked).toBeLessThanOrEqual(600_000)
      },
    ),
  )
})
