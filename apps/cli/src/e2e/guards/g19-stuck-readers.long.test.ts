import { afterAll, describe, expect, it } from 'vitest'
import { peakMemory, startBench } from './bench.ts'
import { openStuckReaders } from './endless-stream.ts'

const bench = await startBench()
afterAll(() => bench.stop())

describe('G19: clients that do not read', () => {
  it('G19: after a minute in which nothing was taken they are let go, with a record each', {
    timeout: 200_000,
  }, async () => {
    const stuck = openStuckReaders(bench, 50)
    await expect.poll(() => bench.upstream.calls.length).toBe(50)
    const before = peakMemory(bench.gateway)
    await expect
      .poll(() => bench.upstream.sockets.size, { timeout: 150_000, interval: 500 })
      .toBe(0)
    expect(peakMemory(bench.gateway) - before).toBeLessThan(150)
    const aborted = (await bench.events()).filter((event) => event['type'] === 'request.aborted')
    expect(aborted.map((event) => event['reason'])).toEqual(Array(50).fill('client_too_slow'))
    for (const { socket } of stuck) socket.destroy()
  })
})
