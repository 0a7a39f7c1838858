import { afterEach, describe, expect, it } from 'vitest'
import type { Bench } from './bench.ts'
import { chat, codeOf, parseAnswer, request, startBench } from './bench.ts'
import { chunk, streamEnd } from './recording-upstream.ts'

let bench: Bench
afterEach(() => bench.stop())

/** A gateway with one stream under way; `finish` lets it end. */
async function streaming() {
  bench = await startBench()
  let finish = (): void => {}
  bench.upstream.answer = (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(chunk('Hel'))
    finish = () => response.end(chunk('lo') + streamEnd)
  }
  const stream = bench.connect()
  stream.socket.write(request(chat('x', { stream: true })))
  await stream.until('"content":"Hel"')
  return { stream, finish: () => finish() }
}

async function signal(count: number): Promise<void> {
  bench.gateway.child.kill('SIGTERM')
  await expect.poll(() => bench.gateway.stderr()).toContain('Stopping')
  if (count > 1) bench.gateway.child.kill('SIGTERM')
}

describe('G20: SIGTERM', () => {
  it('G20: takes no more calls, says so, lets a stream end, records the stop and exits with 0', async () => {
    const { stream, finish } = await streaming()
    // Two requests whose heads are half sent, so that their connections are not idle.
    const ready = bench.connect()
    ready.socket.write('GET /readyz HTTP/1.1\r\nHost: kt\r\n')
    const call = bench.connect()
    const bytes = request(chat('late'))
    call.socket.write(bytes.subarray(0, 30))
    await new Promise((resolve) => setTimeout(resolve, 100))
    await signal(1)
    ready.socket.write('\r\n')
    call.socket.write(bytes.subarray(30))
    expect(parseAnswer(await ready.until('not_ready')).status).toBe(503)
    const refused = await call.until('shutting_down')
    expect({ status: parseAnswer(refused).status, code: codeOf(refused) }).toEqual({
      status: 503,
      code: 'shutting_down',
    })
    await expect(fetch(`${bench.gateway.url}/healthz`)).rejects.toThrow()
    expect(bench.upstream.calls).toHaveLength(1)

    finish()
    await stream.until(/\[DONE\]\n\n\r\n0\r\n\r\n$/)
    expect(stream.text()).toContain('"content":"lo"')
    ready.socket.destroy()
    call.socket.destroy()
    expect(await bench.gateway.exited).toBe(0)
    const types = (await bench.events()).map((event) => event['type'])
    expect(types).toEqual([
      'gateway.started',
      'request.decided',
      'request.completed',
      'gateway.stopped',
    ])
  })

  it('G20: a second one ends the process now', async () => {
    const { stream } = await streaming()
    await signal(2)
    const begun = performance.now()
    expect(await bench.gateway.exited).toBe(128 + 15)
    expect(performance.now() - begun).toBeLessThan(5000)
    await stream.closed
    expect(stream.text()).not.toContain('[DONE]')
  })
})
