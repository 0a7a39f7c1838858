import { afterAll, describe, expect, it } from 'vitest'
import { callAtFivePerSecond, longestTurn, megabyteOf, startWatchedBench } from './event-loop.ts'

const bench = await startWatchedBench()
afterAll(() => bench.stop())

const prose =
  'The quarterly report was discussed at length by the committee, which then decided to postpone the vote until more data about the region becomes available. '

/** The longest stretch is one of 40 ms, in pii-detector; collecting garbage may come on top. */
const bound = 250

describe('G15: the event loop', () => {
  it('G15: stands still for a moment at most while a megabyte of text is judged five times a second', async () => {
    const text = megabyteOf(prose)
    await callAtFivePerSecond(bench, text, 2)
    await longestTurn(bench)
    expect(await callAtFivePerSecond(bench, text, 8)).toEqual(Array(8).fill(200))
    expect(await longestTurn(bench)).toBeLessThan(bound)
    expect(bench.upstream.calls.at(-1)?.body.length).toBeGreaterThan(1_000_000)
  })
})
