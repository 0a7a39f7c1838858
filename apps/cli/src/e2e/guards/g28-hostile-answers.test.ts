import type { ServerResponse } from 'node:http'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { chat, codeOf, pageChain, parseAnswer, peakMemory, request, startBench } from './bench.ts'
import { chunk, completion } from './recording-upstream.ts'

const bench = await startBench()
afterAll(() => bench.stop())

const mebibyte = 1024 * 1024

/** Writes the same piece until the other side has enough. */
function flood(response: ServerResponse, piece: string, total = Number.POSITIVE_INFINITY): void {
  let left = total
  const pump = (): void => {
    while (!response.destroyed && left > 0) {
      left -= piece.length
      if (!response.write(piece)) return
    }
    if (left <= 0) response.end()
  }
  response.on('drain', pump)
  pump()
}

async function expectInvalid(stream: boolean): Promise<void> {
  const answer = await bench.ask(chat('x', { stream }))
  expect({ status: parseAnswer(answer).status, code: codeOf(answer) }).toEqual({
    status: 502,
    code: 'upstream_invalid_response',
  })
}

const sse = { 'content-type': 'text/event-stream' }
const json = { 'content-type': 'application/json' }

/** 200 MB of zeros. */
const bombs = {
  gzip: gzipSync(Buffer.alloc(200_000_000), { level: 9 }),
  br: brotliCompressSync(Buffer.alloc(200_000_000), {
    params: { [constants.BROTLI_PARAM_QUALITY]: 1 },
  }),
}

describe('G28: hostile answers', () => {
  it.each([
    ['one header of 17 KiB', { 'x-large': 'a'.repeat(17 * 1024) }],
    [
      'headers of 20 KiB in all',
      Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`x-${at}`, 'a'.repeat(500)])),
    ],
  ])('G28: %s: 502', async (_name, headers) => {
    bench.upstream.answer = (response) => {
      response.writeHead(200, { ...json, ...headers }).end(completion())
    }
    await expectInvalid(false)
  })

  it.each([
    ['is no JSON', 'data: {"choices":\n\n'],
    ['is no object', 'data: 1\n\n'],
    ['is no UTF-8', Buffer.from('data: {"a":"\xff"}\n\n', 'latin1')],
    ['has no field names', 'hello\nworld\n\nhello\n\n'],
    ['is a web page', '<!doctype html><html></html>'],
    ['is empty', ''],
  ])(
    'G28: a stream that %s from its start is an error, and never an end in order',
    async (_name, body) => {
      bench.upstream.answer = (response) => {
        response.writeHead(200, sse).end(body)
      }
      const answer = await bench.ask(chat('x', { stream: true }))
      expect(answer).toMatch(/"code":"upstream_(invalid_response|unreachable)"/)
      expect(answer).not.toContain('[DONE]')
    },
  )

  it('G28: a stream that turns into nonsense ends with an error event and a broken connection', async () => {
    let goOn = (): void => {}
    bench.upstream.answer = (response) => {
      response.writeHead(200, sse).write(chunk('Hello'))
      goOn = () => response.end('data: nonsense\n\n')
    }
    const client = bench.connect()
    client.socket.write(request(chat('x', { stream: true }), 'Connection: close\r\n'))
    await client.until('"content":"Hello"')
    goOn()
    await client.closed
    const answer = client.text()
    expect(answer).toContain('"code":"upstream_invalid_response"')
    expect(answer).not.toMatch(/\[DONE\]|\r\n0\r\n\r\n$/)
  })

  it.each([
    ['an event without an end', sse, 'data: ', true],
    ['a comment without an end', sse, ': ', true],
    ['a plain answer without an end', json, '{"a":"', false],
  ])(
    'G28: %s is cut at the limit, in bounded memory and without holding up others',
    async (_name, head, start, stream) => {
      const before = peakMemory(bench.gateway)
      let sent = (): number => 0
      bench.upstream.answer = (response) => {
        sent = () => response.socket?.bytesWritten ?? 0
        response.writeHead(200, head).write(start)
        flood(response, 'a'.repeat(64 * 1024), 200_000_000)
      }
      const asked = bench.ask(chat('x', { stream }))
      const probes: number[] = []
      let done = false
      void asked.then(() => {
        done = true
      })
      while (!done) {
        const begun = performance.now()
        await fetch(`${bench.gateway.url}/healthz`)
        probes.push(performance.now() - begun)
      }
      expect(codeOf(await asked)).toBe('upstream_invalid_response')
      expect(sent()).toBeLessThan(120 * mebibyte)
      expect(peakMemory(bench.gateway) - before).toBeLessThan(250)
      // Held up, others would wait for as long as the answer takes.
      const whole = probes.reduce((sum, probe) => sum + probe, 0)
      expect(Math.max(...probes)).toBeLessThan(Math.max(2000, whole / 2))
    },
  )

  it.each(Object.entries(bombs))(
    'G28: 200 MB in %s are cut at the limit, plain and as a stream',
    async (encoding, bytes) => {
      const before = peakMemory(bench.gateway)
      for (const head of [json, sse]) {
        bench.upstream.answer = (response) => {
          response.writeHead(200, { ...head, 'content-encoding': encoding }).end(bytes)
        }
        await expectInvalid(head === sse)
      }
      expect(peakMemory(bench.gateway) - before).toBeLessThan(250)
    },
  )

  it.each(['gzip, gzip', 'compress', 'canary', 'identity, br'])(
    'G28: the encoding %j is 502',
    async (encoding) => {
      bench.upstream.answer = (response) => {
        response
          .writeHead(200, { ...json, 'content-encoding': encoding })
          .end(gzipSync(gzipSync('{}')))
      }
      await expectInvalid(false)
    },
  )

  it('G28: what is no gzip, or ends in its middle, is 502', async () => {
    for (const bytes of [Buffer.from('{}'), gzipSync('{"a":1}').subarray(0, 12)]) {
      bench.upstream.answer = (response) => {
        response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(bytes)
      }
      await expectInvalid(false)
    }
  })

  it('G28: a deep answer is 502 for a governed call, in linear time', async () => {
    const governed = await startBench({ chain: pageChain })
    const timeOf = async (levels: number): Promise<number> => {
      governed.upstream.answer = (response) => {
        response.writeHead(200, json).end(`{"choices":${'['.repeat(levels)}${']'.repeat(levels)}}`)
      }
      const begun = performance.now()
      expect(parseAnswer(await governed.ask(chat('x'))).status).toBe(502)
      return performance.now() - begun
    }
    const tenth = await timeOf(100_000)
    // Ten times the levels take ten times as long in a linear reader, a hundred times in a quadratic one.
    expect(await timeOf(1_000_000)).toBeLessThan(40 * Math.max(tenth, 25))
    await governed.stop()
  })

  it.each([
    ['no HTTP', 'SSH-2.0-OpenSSH_9.0\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}x'],
    [
      'a length and chunks',
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
    ],
    [
      'a bad chunk size',
      'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n',
    ],
    [
      'two answers',
      'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}',
    ],
  ])('G28: %s: 502', async (_name, bytes) => {
    bench.upstream.answer = (response) => response.socket?.end(bytes)
    expect(parseAnswer(await bench.ask(chat('x'))).status).toBe(502)
  })
})
