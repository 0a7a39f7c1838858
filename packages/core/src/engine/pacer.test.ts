import { expect, it } from 'vitest'
import { createPacer, turnMs } from './pacer.ts'

/** Takes the processor for as long as a turn may last. */
function useUpATurn(): void {
  const begun = performance.now()
  while (performance.now() - begun < turnMs);
}

const nextLoop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

it('all evaluations share one budget for a turn of the event loop', async () => {
  await nextLoop()
  const one = createPacer()
  const other = createPacer()
  expect(one.due()).toBe(false)
  useUpATurn()
  expect(one.due()).toBe(true)
  expect(other.due()).toBe(true)
  await nextLoop()
  expect(other.due()).toBe(false)
})

it('of many evaluations that wait one goes on in each turn, in their order', async () => {
  await nextLoop()
  const resumed: { readonly who: number; readonly turn: number }[] = []
  let turns = 0
  let over = false
  const count = (): void => {
    turns += 1
    if (!over) setImmediate(count)
  }
  count()
  const evaluations = Array.from({ length: 5 }, async (_, who) => {
    const pacer = createPacer()
    for (let step = 0; step < 2; step += 1) {
      await pacer.yield()
      resumed.push({ who, turn: turns })
      expect(pacer.due()).toBe(false)
      useUpATurn()
    }
    expect(pacer.away).toBeGreaterThan(0)
  })
  await Promise.all(evaluations)
  over = true
  expect(resumed.map(({ who }) => who)).toEqual([0, 1, 2, 3, 4, 0, 1, 2, 3, 4])
  expect(new Set(resumed.map(({ turn }) => turn)).size).toBe(resumed.length)
})

it('who comes while others wait does not go first', async () => {
  await nextLoop()
  const order: string[] = []
  const long = createPacer()
  useUpATurn()
  const longer = long.yield().then(() => order.push('long'))
  const short = createPacer()
  expect(short.due()).toBe(true)
  const later = short.yield().then(() => order.push('short'))
  await Promise.all([longer, later])
  expect(order).toEqual(['long', 'short'])
})
