import { afterAll, describe, expect, it } from 'vitest'
import { chat, codeOf, countAnswers, parseAnswer, postHead, request, startBench } from './bench.ts'

const bench = await startBench()
afterAll(() => bench.stop())

const body = chat('hello')
const chunks = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`
const withCoding = (coding: string): string =>
  `${postHead}Connection: close\r\nTransfer-Encoding: ${coding}\r\n\r\n${chunks}`

describe('G2: Transfer-Encoding', () => {
  it.each([
    'gzip, chunked',
    'gzip',
    'chunked, gzip',
    'chunked, chunked',
    'identity',
    'xchunked',
    'chunked;q=1',
    '"chunked"',
    'gzip\r\nTransfer-Encoding: chunked',
    'identity\r\nTransfer-Encoding: chunked',
    'chunked\r\nTransfer-Encoding: chunked',
  ])('G2: %j is 501, and the connection ends', async (coding) => {
    const smuggled = request(chat('smuggled'))
    const answer = await bench.send(Buffer.concat([Buffer.from(withCoding(coding)), smuggled]))
    expect(answer).toMatch(/^HTTP\/1\.1 501 Not Implemented\r\n(?:.+\r\n)*connection: close\r\n/i)
    expect(codeOf(answer)).toBe('unsupported_transfer_encoding')
    expect(countAnswers(answer)).toBe(1)
    expect(bench.upstream.calls).toHaveLength(0)
  })

  it('G2: on HTTP/1.0 is 400, and the connection ends', async () => {
    const answer = await bench.send(withCoding('chunked').replace('HTTP/1.1', 'HTTP/1.0'))
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n(?:.+\r\n)*connection: close\r\n/i)
    expect(codeOf(answer)).toBe('malformed_request')
    expect(bench.upstream.calls).toHaveLength(0)
  })

  it('G2: chunked alone is read, in any case', async () => {
    expect(parseAnswer(await bench.send(withCoding('Chunked'))).status).toBe(200)
    expect(bench.upstream.calls.at(-1)?.body.toString()).toBe(body)
  })
})
