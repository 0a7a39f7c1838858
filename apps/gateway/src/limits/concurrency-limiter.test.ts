import { describe, expect, it } from 'vitest'
import { ConcurrencyLimiter } from './concurrency-limiter.ts'

describe('ConcurrencyLimiter', () => {
  it('lets everything in with limit 0', async () => {
    const limiter = new ConcurrencyLimiter(0)
    expect(await Promise.all([limiter.enter(), limiter.enter()])).toEqual([true, true])
  })

  it('hands a freed place to whoever waits longest', async () => {
    const limiter = new ConcurrencyLimiter(1, 5000)
    const order: number[] = []
    await limiter.enter()
    const waiting = [1, 2].map(async (name) => {
      await limiter.enter()
      order.push(name)
      limiter.leave()
    })
    limiter.leave()
    await Promise.all(waiting)
    expect(order).toEqual([1, 2])
  })

  it('turns away who waits too long, and does not give that place to anybody', async () => {
    const limiter = new ConcurrencyLimiter(1, 20)
    await limiter.enter()
    expect(await limiter.enter()).toBe(false)
    limiter.leave()
    expect(await limiter.enter()).toBe(true)
    expect(await limiter.enter()).toBe(false)
  })
})
