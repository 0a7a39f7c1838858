import { afterAll, describe, expect, it } from 'vitest'
import { callAtFivePerSecond, longestBlock, megabyteOf, startWatchedBench } from './event-loop.ts'

const bench = await startWatchedBench()
afterAll(() => bench.stop())

const prose =
  'The quarterly report was discussed at length by the committee, which then decided to postpone the vote until more data about the region becomes available. '

/** On a machine that does nothing else the longest stretch is one of 40 ms, in pii-detector; other tests run beside this one. */
const bound = 500

describe('G15: the event loop', () => {
  it('G15: stands still for a moment at most while a megabyte of text is judged five times a second', async () => {
    const text = megabyteOf(prose)
    await callAtFivePerSecond(bench, text, 2)
    await longestBlock(bench)
    expect(await callAtFivePerSecond(bench, text, 8)).toEqual(Array(8).fill(200))
    expect(await longestBlock(bench)).toBeLessThan(bound)
    expect(bench.upstream.calls.at(-1)?.body.length).toBeGreaterThan(1_000_000)
  })
})
