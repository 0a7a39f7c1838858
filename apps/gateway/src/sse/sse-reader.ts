import { Buffer } from 'node:buffer'
import { GrowingBytes } from './growing-bytes.ts'
import type { SseEvent } from './sse-event.ts'

const lineFeed = 10
const carriageReturn = 13

/** A stream that is not a readable event stream: an event above the size limit, or bytes that are not UTF-8. */
export class SseSyntaxError extends Error {}

/**
 * Cuts bytes into events, however they are chunked: inside code points, between CR and LF, in the middle of a line.
 * Line ends may be LF, CRLF or CR (WHATWG HTML, "Interpreting an event stream").
 */
export class SseReader {
  readonly #maxEventBytes: number
  readonly #decoder = new TextDecoder('utf-8', { fatal: true })
  readonly #pending = new GrowingBytes()
  #lineIsEmpty = true
  #hasLines = false
  #afterCarriageReturn = false

  constructor(maxEventBytes: number) {
    this.#maxEventBytes = maxEventBytes
  }

  /** The events that `chunk` completes. Throws `SseSyntaxError`. */
  push(chunk: Uint8Array): SseEvent[] {
    const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    const events: SseEvent[] = []
    let start = 0
    for (let at = 0; at < buffer.length; at++) {
      if (!this.#endsEvent(buffer[at])) continue
      // The LF of a CRLF belongs to the event before it, when it is already here.
      const pair = buffer[at] === carriageReturn && buffer[at + 1] === lineFeed
      if (pair) at++
      events.push(this.#read(this.#pending.takeWith(buffer.subarray(start, at + 1))))
      start = at + 1
      this.#startEvent(buffer[at] === carriageReturn)
    }
    this.#keep(buffer.subarray(start))
    return events
  }

  /** What is left at the end of the body: an event whose blank line never came, completed with one. Throws `SseSyntaxError`. */
  end(): SseEvent[] {
    if (this.#pending.length === 0) return []
    const event = this.#read(this.#pending.takeWith(Buffer.alloc(0)))
    if (event.data === null) return [event]
    const raw = Buffer.concat([event.raw, Buffer.from(this.#lineIsEmpty ? '\n' : '\n\n')])
    return [{ ...event, raw }]
  }

  #endsEvent(byte: number | undefined): boolean {
    const pairedLineFeed = byte === lineFeed && this.#afterCarriageReturn
    this.#afterCarriageReturn = byte === carriageReturn
    if (pairedLineFeed) return false
    if (byte !== lineFeed && byte !== carriageReturn) {
      this.#lineIsEmpty = false
      this.#hasLines = true
      return false
    }
    const blank = this.#lineIsEmpty && this.#hasLines
    this.#lineIsEmpty = true
    return blank
  }

  #startEvent(afterCarriageReturn: boolean): void {
    this.#lineIsEmpty = true
    this.#hasLines = false
    this.#afterCarriageReturn = afterCarriageReturn
  }

  #keep(rest: Buffer): void {
    if (this.#pending.length + rest.length > this.#maxEventBytes)
      throw new SseSyntaxError('event too large')
    this.#pending.add(rest)
  }

  #read(raw: Buffer): SseEvent {
    return { raw, data: readData(this.#decode(raw)) }
  }

  #decode(raw: Buffer): string {
    try {
      return this.#decoder.decode(raw)
    } catch {
      throw new SseSyntaxError('not UTF-8')
    }
  }
}

function readData(text: string): string | null {
  // The common case, one LF-ended data line, without splitting.
  const single = /^data: ?([^\r\n]*)\n\n$/.exec(text)
  if (single) return single[1] ?? ''
  const lines = text.split(/\r\n|\n|\r/)
  const data = lines.filter((line) => line === 'data' || line.startsWith('data:'))
  if (data.length === 0) return null
  return data.map((line) => line.slice(5).replace(/^ /, '')).join('\n')
}
