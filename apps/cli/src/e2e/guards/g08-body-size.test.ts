import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { chat, codeOf, parseAnswer, peakMemory, postHead, request, startBench } from './bench.ts'
import { completion } from './recording-upstream.ts'

const bench = await startBench()
afterAll(() => bench.stop())

const limit = 10 * 1024 * 1024
/** What is discarded so that the answer is not lost, and what kernel buffers on both sides hold. */
const mostDiscarded = 128 * 1024 * 1024

/** Sends until the other side closes; gives what came, and how many bytes were taken. */
async function sendForEver(start: string, piece: Buffer) {
  const connection = bench.connect()
  connection.socket.write(start)
  while (connection.socket.writable)
    await new Promise<void>((resolve) => {
      connection.socket.write(piece, () => setImmediate(resolve))
    })
  await connection.closed
  return { answer: connection.text(), taken: connection.socket.bytesWritten }
}

describe('G8: the size of bodies', () => {
  it.each([limit + 1, 1_000_000_000, 1e15])(
    'G8: a Content-Length of %d is 413 before a byte of the body is sent',
    async (length) => {
      const answer = await bench.send(`${postHead}Content-Length: ${length}\r\n\r\n`)
      expect(parseAnswer(answer).status).toBe(413)
      expect(codeOf(answer)).toBe('request_too_large')
      expect(answer).toMatch(/connection: close/i)
    },
  )

  it('G8: an endless chunked body is cut at the limit, and memory stays', async () => {
    await bench.ask(chat('warm'))
    const before = peakMemory(bench.gateway)
    const piece = Buffer.from(`10000\r\n${'a'.repeat(0x10000)}\r\n`)
    const { answer, taken } = await sendForEver(
      `${postHead}Transfer-Encoding: chunked\r\n\r\n`,
      piece,
    )
    expect(answer).toContain(' 413 ')
    expect(taken).toBeLessThan(limit + mostDiscarded)
    expect(peakMemory(bench.gateway) - before).toBeLessThan(50)
  })

  it('G8: a path that takes no body does not read one for ever', async () => {
    const before = peakMemory(bench.gateway)
    const start = 'POST /nowhere HTTP/1.1\r\nHost: kt\r\nContent-Length: 1000000000000\r\n\r\n'
    const { answer, taken } = await sendForEver(start, Buffer.alloc(0x10000, 'a'))
    expect(answer).toContain(' 404 ')
    expect(taken).toBeLessThan(1_000_000_000)
    expect(peakMemory(bench.gateway) - before).toBeLessThan(50)
  })

  it.each(['gzip', 'br', 'deflate', 'zstd', 'identity, gzip', 'GZIP'])(
    'G8: a body in %s is 415, unread',
    async (encoding) => {
      const bomb = gzipSync(Buffer.alloc(1_000_000))
      const answer = await bench.ask(bomb, `Content-Encoding: ${encoding}\r\n`)
      expect(parseAnswer(answer).status).toBe(415)
      expect(codeOf(answer)).toBe('unsupported_encoding')
    },
  )

  it('G8: an endless body in gzip is not read for ever: the connection ends with the answer', async () => {
    const start = `${postHead}Content-Encoding: gzip\r\nContent-Length: 1000000000000\r\n\r\n`
    const { answer, taken } = await sendForEver(start, Buffer.alloc(0x10000, 'a'))
    expect(answer).toContain(' 415 ')
    expect(answer).toMatch(/connection: close/i)
    expect(taken).toBeLessThan(mostDiscarded)
  })

  it('G8: a body just below the limit is taken, one above is not, and nothing that was refused was forwarded', async () => {
    const padding = limit - chat('').length
    expect(parseAnswer(await bench.ask(chat('a'.repeat(padding)))).status).toBe(200)
    expect(parseAnswer(await bench.ask(chat('a'.repeat(padding + 1)))).status).toBe(413)
    expect(bench.upstream.calls.map((call) => call.body.length)).toEqual([
      chat('warm').length,
      limit,
    ])
  })

  it('G8: with Expect: 100-continue a refused body is never asked for', async () => {
    const large = request('', 'Expect: 100-continue\r\n')
      .toString()
      .replace('Content-Length: 0', 'Content-Length: 999999999')
    const answer = await bench.send(large)
    expect(answer).toContain(' 413 ')
  })

  it('G8: the limits of the configuration hold in both directions', async () => {
    const more = 'size_limits: {max_body_bytes: 2048, max_response_bytes: 2048}'
    const small = await startBench({ more })
    small.upstream.answer = (response) => {
      response.setHeader('content-type', 'application/json').end(completion('a'.repeat(2000)))
    }
    const tooLong = await small.ask(chat('a'.repeat(2000)))
    const tooLongBack = await small.ask(chat('a'))
    await small.stop()
    expect(codeOf(tooLong)).toBe('request_too_large')
    expect(codeOf(tooLongBack)).toBe('upstream_invalid_response')
    expect(small.upstream.calls).toHaveLength(1)
  })
})
