import { describe, expect, it } from 'vitest'
import { Cancellation } from '../../call/cancellation.ts'
import type { FetchedToken } from './token-source.ts'
import { TokenSource } from './token-source.ts'

interface Fetch {
  readonly give: (lifeMs: number) => Promise<void>
  readonly fail: (error: Error) => Promise<void>
}

/** A source whose clock and fetches the test holds in its hands; tokens are `t1`, `t2`, … */
function setUp() {
  const fetches: Fetch[] = []
  const clock = { now: 1_000_000 }
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve))
  const source = new TokenSource({
    now: () => clock.now,
    fetch: () =>
      new Promise<FetchedToken>((resolve, reject) => {
        const token = `t${fetches.length + 1}`
        fetches.push({
          give: (lifeMs) => {
            resolve({ token, lifeMs })
            return settled()
          },
          fail: (error) => {
            reject(error)
            return settled()
          },
        })
      }),
  })
  const ask = (cancellation = new Cancellation()) => source.token(cancellation)
  const start = async (lifeMs: number) => {
    const first = ask()
    await fetches[0]?.give(lifeMs)
    await first
  }
  return { source, fetches, clock, ask, start }
}

const hourMs = 3_600_000
const minuteMs = 60_000

describe('a token source', () => {
  it('fetches once for calls at the same time, and not again while the token holds', async () => {
    const { fetches, ask } = setUp()
    const calls = Promise.all(Array.from({ length: 50 }, () => ask()))
    await fetches[0]?.give(hourMs)
    expect(new Set(await calls)).toEqual(new Set(['t1']))
    expect(await ask()).toBe('t1')
    expect(fetches).toHaveLength(1)
  })

  it('renews a token before it ends, and no call waits for that', async () => {
    const { fetches, clock, ask, start } = setUp()
    await start(hourMs)
    clock.now += hourMs - 6 * minuteMs - 1
    expect(await ask()).toBe('t1')
    expect(fetches).toHaveLength(1)
    clock.now += 2
    expect(await ask()).toBe('t1')
    expect(await ask()).toBe('t1')
    expect(fetches).toHaveLength(2)
    await fetches[1]?.give(hourMs)
    expect(await ask()).toBe('t2')
  })

  it.each([
    ['a minute before the end', 4 * minuteMs, 3 * minuteMs],
    ['at half of a short life', minuteMs, minuteMs / 2],
    ['ten minutes before the end of a long life', 30 * 24 * hourMs, 30 * 24 * hourMs - 600_000],
  ])('renews %s', async (_name, lifeMs, renewedAfter) => {
    const { fetches, clock, ask, start } = setUp()
    await start(lifeMs)
    clock.now += renewedAfter - 1
    await ask()
    expect(fetches).toHaveLength(1)
    clock.now += 1
    expect(await ask()).toBe('t1')
    expect(fetches).toHaveLength(2)
  })

  it('waits for a new token when the old one has ended', async () => {
    const { fetches, clock, ask, start } = setUp()
    await start(minuteMs)
    clock.now += minuteMs
    const call = ask()
    await fetches[1]?.give(minuteMs)
    expect(await call).toBe('t2')
  })

  it('stops waiting for a cancelled call and fetches on for the others', async () => {
    const { fetches, ask } = setUp()
    const cancellation = new Cancellation()
    const [left, stayed] = [ask(cancellation), ask()]
    cancellation.cancel('client_disconnected')
    await expect(left).rejects.toMatchObject({ problem: 'cancelled', sent: false })
    await fetches[0]?.give(hourMs)
    expect(await stayed).toBe('t1')
    expect(fetches).toHaveLength(1)
  })

  it('keeps the token of a fetch that nobody waits for any more', async () => {
    const { fetches, ask } = setUp()
    const cancellation = new Cancellation()
    const left = ask(cancellation)
    cancellation.cancel('client_disconnected')
    await expect(left).rejects.toThrow()
    await fetches[0]?.give(hourMs)
    expect(await ask()).toBe('t1')
  })

  it('fails at once for a second after a failure, then asks again', async () => {
    const { fetches, clock, ask } = setUp()
    const failure = new Error('down')
    const calls = [ask(), ask()]
    const outcomes = Promise.allSettled(calls)
    await fetches[0]?.fail(failure)
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    clock.now += 999
    await expect(ask()).rejects.toBe(failure)
    expect(fetches).toHaveLength(1)
    clock.now += 1
    const again = ask()
    await fetches[1]?.give(hourMs)
    expect(await again).toBe('t2')
  })

  it('goes on with the old token while a renewal fails', async () => {
    const { fetches, clock, ask, start } = setUp()
    await start(hourMs)
    clock.now += hourMs - minuteMs
    await ask()
    await fetches[1]?.fail(new Error('down'))
    expect(await ask()).toBe('t1')
    expect(fetches).toHaveLength(2)
    clock.now += 1000
    expect(await ask()).toBe('t1')
    expect(fetches).toHaveLength(3)
  })

  it('gives up a token that was refused also when the clock has been set back since the last refusal', async () => {
    const { source, fetches, clock, ask, start } = setUp()
    await start(hourMs)
    source.drop()
    const second = ask()
    await fetches[1]?.give(hourMs)
    expect(await second).toBe('t2')
    clock.now -= hourMs
    source.drop()
    const third = ask()
    await fetches[2]?.give(hourMs)
    expect(await third).toBe('t3')
  })

  it('gives up a token that was refused, but not one after the other', async () => {
    const { source, fetches, clock, ask, start } = setUp()
    await start(hourMs)
    source.drop()
    const call = ask()
    await fetches[1]?.give(hourMs)
    expect(await call).toBe('t2')
    source.drop()
    expect(await ask()).toBe('t2')
    clock.now += 10_000
    source.drop()
    void ask()
    expect(fetches).toHaveLength(3)
  })
})
