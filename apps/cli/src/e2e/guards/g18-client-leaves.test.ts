import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { RawConnection } from './bench.ts'
import { chat, request, startBench, usualTime } from './bench.ts'
import { chunk, usualAnswer } from './recording-upstream.ts'

const bench = await startBench()
afterAll(() => bench.stop())

/** Milliseconds; normal is a few. On a machine that is busy it is as long as fifty usual calls. */
let bound = 1000
beforeEach(async () => {
  bench.upstream.answer = usualAnswer
  bound = Math.max(1000, 50 * (await usualTime(bench)))
})

/** Sends a call, waits until `ready` holds, leaves, and gives the milliseconds until the upstream hears of it. */
async function leaveWhen(
  ready: (response: ServerResponse, client: RawConnection) => Promise<unknown>,
  stream = true,
) {
  const upstream = new Promise<ServerResponse>((resolve) => {
    const script = bench.upstream.answer
    bench.upstream.answer = (response, call) => {
      script(response, call)
      resolve(response)
    }
  })
  const client = bench.connect()
  client.socket.pause()
  client.socket.write(request(chat('x', { stream })))
  const response = await upstream
  await ready(response, client)
  const begun = performance.now()
  const closed = once(response, 'close')
  client.socket.destroy()
  await closed
  return performance.now() - begun
}

async function lastEvent() {
  await expect.poll(async () => (await bench.events()).at(-1)?.['type']).toBe('request.aborted')
  return (await bench.events()).at(-1) ?? {}
}

describe('G18: a client that leaves', () => {
  it.each([true, false])(
    'G18: before the head, stream: %s: the upstream is closed at once',
    async (stream) => {
      bench.upstream.answer = () => {}
      expect(await leaveWhen(async () => {}, stream)).toBeLessThan(bound)
      expect(await lastEvent()).toMatchObject({ reason: 'client_disconnected', released_bytes: 0 })
    },
  )

  it('G18: in the middle of a stream: the upstream is closed at once, and what went out is recorded', async () => {
    bench.upstream.answer = (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(chunk('Hello'))
    }
    const received = (_: ServerResponse, client: RawConnection): Promise<string> => {
      client.socket.resume()
      return client.until('"content":"Hello"')
    }
    expect(await leaveWhen(received)).toBeLessThan(bound)
    const { reason, released_bytes } = await lastEvent()
    expect({ reason, released_bytes }).toEqual({
      reason: 'client_disconnected',
      released_bytes: chunk('Hello').length,
    })
  })

  it('G18: under back-pressure: the upstream is closed at once', async () => {
    const piece = chunk('a'.repeat(10_000))
    bench.upstream.answer = (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      const pump = (): void => {
        while (response.write(piece));
      }
      response.on('drain', pump)
      pump()
    }
    // Until the upstream cannot write any more, everything between is full.
    const stuck = async (response: ServerResponse): Promise<void> => {
      for (let before = -1; before !== (response.socket?.bytesWritten ?? 0); ) {
        before = response.socket?.bytesWritten ?? 0
        await new Promise((resolve) => setTimeout(resolve, 300))
      }
    }
    expect(await leaveWhen(stuck)).toBeLessThan(bound)
    expect(Number((await lastEvent())['released_bytes'])).toBeGreaterThan(10_000)
  })
})
