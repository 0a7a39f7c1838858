import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Permit } from './circuit-breaker.ts'
import { CircuitBreaker } from './circuit-breaker.ts'

const start = 1_000_000

function breakerAt(clock: { now: number }): CircuitBreaker {
  return new CircuitBreaker(() => clock.now)
}

function failTimes(breaker: CircuitBreaker, times: number): void {
  for (let i = 0; i < times; i++) breaker.enterAnyway().failed()
}

describe('a circuit', () => {
  it('opens after five failures in a row and closes after a trial that is answered', () => {
    const clock = { now: start }
    const breaker = breakerAt(clock)
    failTimes(breaker, 4)
    expect(breaker.state).toBe('closed')
    failTimes(breaker, 1)
    expect(breaker.state).toBe('open')
    expect(breaker.enter()).toBeNull()
    clock.now += 15_000
    expect(breaker.state).toBe('half_open')
    const trial = breaker.enter()
    expect(breaker.enter()).toBeNull()
    trial?.succeeded()
    expect(breaker.state).toBe('closed')
  })

  it('stays closed when an answer comes in between, or the failures are far apart', () => {
    const clock = { now: start }
    const breaker = breakerAt(clock)
    failTimes(breaker, 4)
    breaker.enter()?.succeeded()
    failTimes(breaker, 4)
    clock.now += 30_000
    failTimes(breaker, 4)
    expect(breaker.state).toBe('closed')
  })

  it('begins its pause anew when the trial fails', () => {
    const clock = { now: start }
    const breaker = breakerAt(clock)
    failTimes(breaker, 5)
    clock.now += 15_000
    breaker.enter()?.failed()
    expect(breaker.state).toBe('open')
    clock.now += 15_000
    expect(breaker.state).toBe('half_open')
  })

  it('gives the trial to the next call when nothing was learned', () => {
    const clock = { now: start }
    const breaker = breakerAt(clock)
    failTimes(breaker, 5)
    clock.now += 15_000
    breaker.enter()?.released()
    expect(breaker.state).toBe('half_open')
    expect(breaker.enter()).not.toBeNull()
  })

  it('rests for as long as the server asks, after one failure', () => {
    const clock = { now: start }
    const breaker = breakerAt(clock)
    breaker.enter()?.failed(60_000)
    clock.now += 59_999
    expect(breaker.enter()).toBeNull()
    clock.now += 1
    expect(breaker.state).toBe('half_open')
  })

  it('is not closed by an answer to a call from before it opened', () => {
    const breaker = breakerAt({ now: start })
    const early = breaker.enter()
    breaker.enter()?.failed(60_000)
    early?.succeeded()
    expect(breaker.state).toBe('open')
  })

  it('closes when a call that was let through anyway is answered', () => {
    const breaker = breakerAt({ now: start })
    failTimes(breaker, 5)
    breaker.enterAnyway().succeeded()
    expect(breaker.state).toBe('closed')
  })
})

type Step =
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'enter' | 'anyway' }
  | { readonly kind: keyof Permit; readonly pick: number; readonly restMs: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant<'wait'>('wait'), ms: fc.integer({ min: 0, max: 40_000 }) }),
  fc.record({ kind: fc.constantFrom<'enter' | 'anyway'>('enter', 'anyway') }),
  fc.record({
    kind: fc.constantFrom<keyof Permit>('succeeded', 'failed', 'released'),
    pick: fc.nat(),
    restMs: fc.constantFrom(0, 0, 0, 1000, 90_000),
  }),
)

it('lets one trial through at a time, and never keeps a target out for good', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const clock = { now: start }
      const breaker = breakerAt(clock)
      const under: Permit[] = []
      const trials = new Set<Permit>()
      const take = (permit: Permit | null, isTrial: boolean): void => {
        if (permit === null) return
        under.push(permit)
        if (isTrial) trials.add(permit)
      }
      for (const next of steps) {
        const halfOpen = breaker.state === 'half_open'
        if (next.kind === 'wait') clock.now += next.ms
        else if (next.kind === 'enter') take(breaker.enter(), halfOpen)
        else if (next.kind === 'anyway') take(breaker.enterAnyway(), halfOpen && trials.size === 0)
        else if ('pick' in next) {
          const [permit] = under.splice(next.pick % Math.max(1, under.length), 1)
          if (permit === undefined) continue
          trials.delete(permit)
          if (next.kind === 'failed') permit.failed(next.restMs)
          else permit[next.kind]()
        }
        expect(trials.size).toBeLessThanOrEqual(1)
      }
      for (const permit of under) permit.released()
      clock.now += 90_000
      const permit = breaker.enter()
      expect(permit).not.toBeNull()
      permit?.succeeded()
      expect(breaker.state).toBe('closed')
    }),
  )
})
