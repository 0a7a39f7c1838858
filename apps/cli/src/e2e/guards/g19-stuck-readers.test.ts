import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { chat, parseAnswer, peakMemory, startBench } from './bench.ts'
import { openStuckReaders, sentBytes } from './endless-stream.ts'
import { usualAnswer } from './recording-upstream.ts'

const bench = await startBench()
afterAll(() => bench.stop())

/** MiB: what kernel buffers let through of each stream is kept until its end; unbounded, it would be 1600. */
const mostMemory = 500

describe('G19: clients that do not read', () => {
  it('G19: fifty stuck streams hold bounded memory, stop their upstreams, and keep nobody else waiting', async () => {
    await bench.ask(chat('warm'))
    const before = peakMemory(bench.gateway)
    const stuck = openStuckReaders(bench, 50)
    await expect.poll(() => bench.upstream.calls.length).toBe(51)
    let sent = -1
    // Kernel buffers fill, then nothing moves any more.
    while (sent !== sentBytes(bench)) {
      sent = sentBytes(bench)
      await pause(400)
    }
    expect(peakMemory(bench.gateway) - before).toBeLessThan(mostMemory)
    bench.upstream.answer = usualAnswer
    expect(parseAnswer(await bench.ask(chat('reads'))).status).toBe(200)
    // It overtook them all: each still stands, with its upstream.
    expect(stuck.every(({ socket }) => !socket.destroyed)).toBe(true)
    expect(bench.upstream.sockets.size).toBeGreaterThanOrEqual(50)
    for (const { socket } of stuck) socket.destroy()
    await expect.poll(() => bench.upstream.sockets.size).toBeLessThanOrEqual(1)
  })
})
