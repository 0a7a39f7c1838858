import { describe, expect, it } from 'vitest'
import { CircuitBreaker } from '../reliability/circuit-breaker.ts'
import { askAbout, askPlugin } from './ask-plugin.ts'

const question = { text: 'a text', role: 'user', field: 'content' } as const
const breakerAt = (clock: { now: number }) => new CircuitBreaker(() => clock.now)

describe('asking a plug-in', () => {
  it('gives the answer, and hands on the question', async () => {
    const breaker = breakerAt({ now: 0 })
    const answer = await askPlugin(question, async ({ text }) => text.length, {
      timeoutMs: 1000,
      breaker,
    })
    expect(answer).toBe(6)
  })

  it('waits no longer than it was told, also for one who ignores the signal', async () => {
    const breaker = breakerAt({ now: 0 })
    let aborted = false
    const never = ({ signal }: { readonly signal: AbortSignal }) => {
      signal.addEventListener('abort', () => {
        aborted = true
      })
      return new Promise<never>(() => {})
    }
    await expect(askPlugin(question, never, { timeoutMs: 5, breaker })).rejects.toThrow('5 ms')
    expect(aborted).toBe(true)
  })

  it('leaves a failing one alone after five failures, and tries it again later', async () => {
    const clock = { now: 0 }
    const breaker = breakerAt(clock)
    let asked = 0
    const broken = async (): Promise<number> => {
      asked += 1
      throw new Error('down')
    }
    for (let i = 0; i < 8; i++)
      await expect(askPlugin(question, broken, { timeoutMs: 1000, breaker })).rejects.toThrow()
    expect(asked).toBe(5)
    clock.now += 15_000
    const options = { timeoutMs: 1000, breaker }
    expect(await askPlugin(question, async () => 1, options)).toBe(1)
    expect(await askPlugin(question, async () => 2, options)).toBe(2)
  })
})

describe('asking about many', () => {
  it('keeps the order and no more than four at once', async () => {
    let running = 0
    let most = 0
    const answers = await askAbout([5, 1, 4, 2, 3, 9, 0], async (item) => {
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => setTimeout(resolve, item))
      running -= 1
      return item * 2
    })
    expect(answers).toEqual([10, 2, 8, 4, 6, 18, 0])
    expect(most).toBe(4)
  })

  it('asks no more after a failure', async () => {
    const asked: number[] = []
    const items = Array.from({ length: 50 }, (_, index) => index)
    const all = askAbout(items, async (item) => {
      asked.push(item)
      if (item === 2) throw new Error('down')
      await new Promise((resolve) => setTimeout(resolve, 1))
    })
    await expect(all).rejects.toThrow('down')
    await new Promise((resolve) => setTimeout(resolve, 10))
    expect(asked.length).toBeLessThan(8)
  })
})
