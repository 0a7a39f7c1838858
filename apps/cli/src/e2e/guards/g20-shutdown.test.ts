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

/** A connection on which the gateway has read a part of a request, so that it is not idle. */
async function halfSent(part: string | Uint8Array) {
  const connection = bench.connect()
  // In one piece with a request before it, whose answer shows that the whole piece was read.
  const before = 'GET /healthz HTTP/1.1\r\nHost: kt\r\n\r\n'
  connection.socket.write(Buffer.concat([Buffer.from(before), Buffer.from(part)]))
  await connection.until(/^HTTP\/1\.1 200 /)
  return connection
}

/** The last answer on a connection. */
function lastOf(text: string): string {
  return text.slice(text.lastIndexOf('HTTP/1.1 '))
}

async function signal(count: number): Promise<void> {
  bench.gateway.child.kill('SIGTERM')
  await expect.poll(() => bench.gateway.stderr()).toContain('Stopping')
  if (count > 1) bench.gateway.child.kill('SIGTERM')
}

describe('G20: SIGTERM', () => {
  it('G20: takes no more calls, says so, lets a stream end, records the stop and exits with 0', async () => {
    const { stream, finish } = await streaming()
    const bytes = request(chat('late'))
    const ready = await halfSent('GET /readyz HTTP/1.1\r\nHost: kt\r\n')
    const call = await halfSent(bytes.subarray(0, 30))
    await signal(1)
    ready.socket.write('\r\n')
    call.socket.write(bytes.subarray(30))
    expect(parseAnswer(lastOf(await ready.until('not_ready'))).status).toBe(503)
    const refused = lastOf(await call.until('shutting_down'))
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
      'audit.genesis',
      'gateway.started',
      'request.decided',
      'request.completed',
      'gateway.stopped',
    ])
  })

  it('G20: a second one ends the process now', async () => {
    const { stream } = await streaming()
    await signal(2)
    // Without it the time to drain would be awaited, and the code be 0.
    expect(await bench.gateway.exited).toBe(128 + 15)
    await stream.closed
    expect(stream.text()).not.toContain('[DONE]')
  })
})
