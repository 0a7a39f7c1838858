import type { ServerResponse } from 'node:http'
import { afterAll, describe, expect, it } from 'vitest'
import { chat, codeOf, countAnswers, parseAnswer, request, startBench } from './bench.ts'
import { chunk } from './recording-upstream.ts'

const bench = await startBench()
afterAll(() => bench.stop())

/** Sends what was written, then breaks the connection. */
const breaks = {
  RST: (response: ServerResponse) => response.socket?.resetAndDestroy(),
  FIN: (response: ServerResponse) => response.socket?.end(),
  'an end in order': (response: ServerResponse) => response.end(),
}

describe('G17: an upstream that breaks off', () => {
  it.each(Object.entries(breaks))(
    'G17: %s in the middle of a stream is an error event and a broken stream, never an end',
    async (_name, breakOff) => {
      let breakNow = (): void => {}
      bench.upstream.answer = (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).write(chunk('Hello'))
        breakNow = () => breakOff(response)
      }
      // On a connection that would be kept, so that only the break can end it.
      const client = bench.connect()
      client.socket.write(request(chat('x', { stream: true })))
      await client.until('"content":"Hello"')
      breakNow()
      await client.closed
      const answer = client.text()
      expect(parseAnswer(answer).status).toBe(200)
      expect(countAnswers(answer)).toBe(1)
      expect(answer).toContain('"content":"Hello"')
      expect(answer).toMatch(/"error":\{.*"code":"upstream_/)
      expect(answer).not.toContain('[DONE]')
      // The last chunk of a chunked body would be its orderly end.
      expect(answer).not.toMatch(/\r\n0\r\n\r\n$/)
      const { type, reason, reason_code } = (await bench.events()).at(-1) ?? {}
      expect({ type, reason, reason_code }).toEqual({
        type: 'request.aborted',
        reason: 'upstream_reset',
        reason_code: 'upstream_reset',
      })
    },
  )

  it.each([
    ['before the head', ''],
    ['in the middle of a plain answer', '{"id":"c1","choices":['],
  ])('G17: a reset %s is 502', async (_name, start) => {
    bench.upstream.answer = (response) => {
      if (start === '') return void response.socket?.resetAndDestroy()
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 })
      response.write(start, () => response.socket?.resetAndDestroy())
    }
    const answer = await bench.ask(chat('x'))
    expect({ status: parseAnswer(answer).status, code: codeOf(answer) }).toEqual({
      status: 502,
      code: 'upstream_unreachable',
    })
  })

  it('G17: nothing of it is written to the log of the process but what the gateway itself says', () => {
    expect(bench.gateway.stderr()).toContain('stream.broken')
    expect(bench.gateway.stderr()).not.toMatch(
      /ECONNRESET.*\n\s+at |socket hang up|UnhandledPromise|\bat .*\.js:\d+/,
    )
  })
})
