import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SseEvent } from './sse-event.ts'
import { withData } from './sse-event.ts'
import { SseReader, SseSyntaxError } from './sse-reader.ts'

const limit = 1 << 20

function readCut(bytes: Buffer, cuts: readonly number[]): SseEvent[] {
  const reader = new SseReader(limit)
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b)
  const pieces = [0, ...places].map((start, at) =>
    bytes.subarray(start, places[at] ?? bytes.length),
  )
  return [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end()]
}

const dataOf = (events: readonly SseEvent[]): string[] =>
  events.flatMap((event) => (event.data === null ? [] : [event.data]))

const rawOf = (events: readonly SseEvent[]): string =>
  Buffer.concat(events.map((event) => event.raw)).toString('utf8')

describe('SseReader', () => {
  it('reads events with LF, CRLF and CR line ends', () => {
    const text = 'data: a\n\ndata: b\r\n\r\ndata: c\r\rdata: d\n\n'
    expect(dataOf(readCut(Buffer.from(text), []))).toEqual(['a', 'b', 'c', 'd'])
  })

  it('joins data lines, drops one leading space, ignores comments and other fields', () => {
    const text = ': hello\nevent: x\nid: 7\ndata:  one\ndata:two\n\n'
    expect(dataOf(readCut(Buffer.from(text), []))).toEqual([' one\ntwo'])
  })

  it('gives an event whose blank line never came at the end, completed with one', () => {
    for (const tail of ['data: [DONE]', 'data: [DONE]\n']) {
      const events = readCut(Buffer.from(`data: a\n\n${tail}`), [])
      expect(dataOf(events)).toEqual(['a', '[DONE]'])
      expect(rawOf(events)).toBe('data: a\n\ndata: [DONE]\n\n')
    }
  })

  it('throws for an event above the limit and for bytes that are not UTF-8', () => {
    expect(() => new SseReader(8).push(Buffer.from('data: far too long'))).toThrow(SseSyntaxError)
    const broken = Buffer.concat([Buffer.from('data: '), Buffer.of(0xff), Buffer.from('\n\n')])
    expect(() => new SseReader(limit).push(broken)).toThrow(SseSyntaxError)
  })

  it('gives the same events and every byte, however the stream is cut', () => {
    const lineEnd = fc.constantFrom('\n', '\r\n', '\r')
    const line = fc.oneof(
      fc.string({ unit: 'binary' }).map((text) => `data: ${text.replace(/[\r\n]/g, ' ')}`),
      fc.constantFrom(': comment', 'event: x', 'data', 'data:', 'id: 1'),
    )
    const event = fc.tuple(fc.array(line, { minLength: 1, maxLength: 4 }), lineEnd)
    const stream = fc
      .array(event, { maxLength: 6 })
      .map((events) => events.map(([lines, end]) => lines.join(end) + end + end).join(''))
    const cuts = fc.array(fc.nat(), { maxLength: 12 })
    fc.assert(
      fc.property(stream, cuts, (text, places) => {
        const bytes = Buffer.from(text)
        const whole = readCut(bytes, [])
        const cut = readCut(bytes, places)
        expect(dataOf(cut)).toEqual(dataOf(whole))
        expect(rawOf(cut)).toBe(bytes.toString('utf8'))
      }),
      { numRuns: 100 },
    )
  })
})

describe('withData', () => {
  it('replaces the data and keeps the other lines', () => {
    const [event] = readCut(Buffer.from('event: delta\nid: 7\ndata: {"a":\ndata: 1}\n\n'), [])
    const edited = withData(event!, '{"a":\n2}')
    expect(rawOf([edited])).toBe('event: delta\nid: 7\ndata: {"a":\ndata: 2}\n\n')
    expect(dataOf(readCut(Buffer.from(edited.raw), []))).toEqual(['{"a":\n2}'])
  })
})
