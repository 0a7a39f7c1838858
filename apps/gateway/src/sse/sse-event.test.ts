import { describe, expect, it } from 'vitest'
import type { SseEvent } from './sse-event.ts'
import { withData, withoutSideText } from './sse-event.ts'
import { SseReader } from './sse-reader.ts'

function read(text: string): readonly SseEvent[] {
  const reader = new SseReader(1000)
  return [...reader.push(Buffer.from(text)), ...reader.end()]
}

function released(text: string): string {
  const events = read(text).map(withoutSideText)
  return events.map((event) => (event ? Buffer.from(event.raw).toString() : '')).join('')
}

describe('an event without its side text', () => {
  it.each([
    ['one line of data', 'data: {"a":1}\n\n'],
    ['data on several lines', 'data: {"a":\ndata: 1}\n\n'],
    ['CRLF line ends', 'data: {}\r\n\r\n'],
    ['a plain event name', 'event: response.output_text.delta\ndata: {}\n\n'],
    ['the end of a stream', 'data: [DONE]\n\n'],
  ])('keeps its bytes with %s', (_name, text) => {
    expect(released(text)).toBe(text)
  })

  it.each([
    ['comments', ': secret 1\n\ndata: {}\n\n', 'data: {}\n\n'],
    ['comments inside an event', ': secret\ndata: {}\n\n', 'data: {}\n\n'],
    ['ids', 'id: 123-45-6789\ndata: {}\n\n', 'data: {}\n\n'],
    ['unknown fields', 'foo: secret\ndata: {}\nbar\n\n', 'data: {}\n\n'],
    ['event names that are no names', 'event: John Smith\ndata: {}\n\n', 'data: {}\n\n'],
    ['what stands beside the end', ': secret\ndata: [DONE]\n\n', 'data: [DONE]\n\n'],
    ['an end that is no event', 'data: [DONE]\n\nsecret', 'data: [DONE]\n\n'],
  ])('loses %s', (_name, text, expected) => {
    expect(released(text)).toBe(expected)
  })

  it('keeps its name when its data is edited', () => {
    const [event] = read('event: a.b\ndata: {"x":"y"}\n\n')
    const edited = event && withData(event, '{"x":"z"}')
    expect(Buffer.from(edited?.raw ?? []).toString()).toBe('event: a.b\ndata: {"x":"z"}\n\n')
  })
})
