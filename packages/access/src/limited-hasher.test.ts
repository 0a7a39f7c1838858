import { expect, it } from 'vitest'
import { limitedHasher } from './limited-hasher.ts'

it('works on two at once, lets eight wait, and refuses the rest', async () => {
  let running = 0
  let most = 0
  const open: (() => void)[] = []
  const work = async () => {
    running += 1
    most = Math.max(most, running)
    await new Promise<void>((resolve) => open.push(resolve))
    running -= 1
    return false as const
  }
  const hasher = limitedHasher({ hash: async () => '', verify: work, pretend: work })
  const outcomes = Array.from({ length: 30 }, () =>
    hasher.pretend('x').then(
      () => 'done',
      ({ code, retryAfter }) => `${code} ${retryAfter}`,
    ),
  )
  const refused = await Promise.all(outcomes.slice(10))
  expect(new Set(refused)).toEqual(new Set(['too-many-attempts 2']))
  const ended = Promise.all(outcomes)
  for (let left = 10; left > 0; left -= 1) {
    await expect.poll(() => open.length).toBeGreaterThan(0)
    open.shift()?.()
  }
  expect((await ended).filter((outcome) => outcome === 'done')).toHaveLength(10)
  expect(most).toBe(2)
})
