import { afterAll, describe, expect, it } from 'vitest'
import { chat, countAnswers, parseAnswer, postHead, request, startBench } from './bench.ts'

const bench = await startBench()
afterAll(() => bench.stop())

const length = `${postHead}Content-Length: `
const chunked = `${postHead}Transfer-Encoding: chunked\r\n\r\n`

/** Requests that two readers would understand in two ways. */
const ambiguous: readonly (readonly [name: string, raw: string])[] = [
  [
    'Content-Length before Transfer-Encoding',
    `${length}5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  ],
  [
    'Transfer-Encoding before Content-Length',
    `${postHead}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n`,
  ],
  ['two lengths', `${length}5\r\nContent-Length: 6\r\n\r\nhello`],
  ['the same length twice', `${length}5\r\nContent-Length: 5\r\n\r\nhello`],
  ['a list of lengths', `${length}5, 5\r\n\r\nhello`],
  ['a length with a plus', `${length}+3\r\n\r\nabc`],
  ['a negative length', `${length}-3\r\n\r\nabc`],
  ['a hexadecimal length', `${length}0x3\r\n\r\nabc`],
  ['a length with a space inside', `${length}3 0\r\n\r\nabc`],
  ['a length with a point', `${length}3.0\r\n\r\nabc`],
  ['an empty length', `${length}\r\n\r\nabc`],
  ['a length beyond 64 bits', `${length}99999999999999999999999\r\n\r\nabc`],
  ['line feeds alone', `${postHead.replaceAll('\r', '')}Content-Length: 3\n\nabc`],
  ['a line feed alone behind one header', `${postHead}X: y\nContent-Length: 3\r\n\r\nabc`],
  ['a line feed alone at the end of the head', `${length}3\r\n\nabc`],
  ['a carriage return alone between headers', `${postHead}X: y\rContent-Length: 3\r\n\r\nabc`],
  ['a carriage return inside a value', `${postHead}X: a\rb\r\n\r\n`],
  ['a folded header', `${postHead}X: a\r\n b\r\n\r\n`],
  ['a folded header with a tab', `${postHead}X: a\r\n\tb\r\n\r\n`],
  ['a folded Transfer-Encoding', `${postHead}Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n`],
  ['NUL in a value', `${postHead}X: a\0b\r\n\r\n`],
  ['NUL in a name', `${postHead}X\0: a\r\n\r\n`],
  ['DEL in a value', `${postHead}X: a\x7fb\r\n\r\n`],
  ['a space before the colon', `${postHead}Content-Length : 3\r\n\r\nabc`],
  [
    'a space before the colon of Transfer-Encoding',
    `${postHead}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`,
  ],
  ['a space in a name', `${postHead}Content Length: 3\r\n\r\nabc`],
  ['a space before the first header', `${postHead.replace('Host', ' Host')}\r\n`],
  ['a header without a colon', `${postHead}garbage\r\n\r\n`],
  ['a header without a name', `${postHead}: x\r\n\r\n`],
  ['a chunk size beyond 64 bits', `${chunked}fffffffffffffffff\r\nabc\r\n0\r\n\r\n`],
  ['a negative chunk size', `${chunked}-3\r\nabc\r\n0\r\n\r\n`],
  ['a chunk size with 0x', `${chunked}0x3\r\nabc\r\n0\r\n\r\n`],
  ['an empty chunk size', `${chunked}\r\nabc\r\n0\r\n\r\n`],
  ['a space before a chunk size', `${chunked} 3\r\nabc\r\n0\r\n\r\n`],
  ['a space behind a chunk size', `${chunked}3 \r\nabc\r\n0\r\n\r\n`],
  ['chunks with line feeds alone', `${chunked}3\nabc\n0\n\n`],
  ['a chunk that is longer than its size', `${chunked}3\r\nabcd\r\n0\r\n\r\n`],
  ['NUL in a chunk extension', `${chunked}3;a\0\r\nabc\r\n0\r\n\r\n`],
  ['a line feed in a chunk extension', `${chunked}3;a\nabc\r\n0\r\n\r\n`],
  ['an endless chunk extension', `${chunked}3;${'a'.repeat(20_000)}\r\nabc\r\n0\r\n\r\n`],
  ['a length in the trailer', `${chunked}3\r\nabc\r\n0\r\nContent-Length: 5\r\n\r\n`],
  ['a version that does not exist', `${postHead.replace('1.1', '1.2')}\r\n`],
  ['version 2.0 in the old form', `${postHead.replace('1.1', '2.0')}\r\n`],
  ['no version', 'GET /health\r\n\r\n'],
  ['a tab between method and path', `${postHead.replace(' ', '\t')}\r\n`],
  ['a space in the path', `${postHead.replace('/chat', ' /chat')}\r\n`],
]

describe('G1: requests that two readers would understand in two ways', () => {
  it.each(ambiguous)('G1: %s is refused and nothing behind it is read', async (_name, raw) => {
    const before = (await bench.health())['requests_rejected'] as number
    const smuggled = request(chat('smuggled'))
    const answer = await bench.send(Buffer.concat([Buffer.from(raw, 'latin1'), smuggled]))
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n(?:.+\r\n)*connection: close\r\n/i)
    expect(countAnswers(answer)).toBe(1)
    expect(JSON.parse(parseAnswer(answer).body).error.code).toBe('malformed_request')
    expect((await bench.health())['requests_rejected']).toBe(before + 1)
    expect(bench.upstream.calls).toHaveLength(0)
  })

  it('G1: leaves no record in the log and lets clean requests through', async () => {
    expect(parseAnswer(await bench.ask(chat('clean'))).status).toBe(200)
    const types = (await bench.events()).map((event) => event['type'])
    expect(types.filter((type) => type === 'request.completed')).toHaveLength(1)
    expect(types).not.toContain('http.rejected')
  })
})
