import { closeSync, openSync, readSync } from 'node:fs'
import type { RecordPlace, Resume } from './export-format.ts'

/** Where a cut-off export ends. */
export interface ResumePoint {
  /** Bytes up to the end of the last line that is whole; what follows is a cut-off one. */
  readonly bytes: number
  /** The last record that is whole; `null` when there is none. */
  readonly last: RecordPlace | null
  /** Whether a whole line, of whatever kind, is there. */
  readonly begun: boolean
}

const chunkBytes = 256 * 1024
const quote = 0x22
const lineFeed = 0x0a
const carriageReturn = 0x0d

/** Reads a cut-off export once, from its start: only so is it known whether a line break stands inside of quotes. */
export function resumePoint(file: string, { lineEnd, quotes, place }: Resume): ResumePoint {
  const lines = new LineEnds({ quotes, crlf: lineEnd === '\r\n' })
  const handle = openSync(file, 'r')
  try {
    const chunk = Buffer.alloc(chunkBytes)
    for (let read = readSync(handle, chunk); read > 0; read = readSync(handle, chunk)) {
      lines.take(chunk.subarray(0, read))
    }
    const { start, end } = lines.last
    const line = Buffer.alloc(end - start)
    readSync(handle, line, 0, line.length, start)
    return { bytes: end, last: place(line.toString('utf8').trimEnd()), begun: end > 0 }
  } finally {
    closeSync(handle)
  }
}

/** Finds where the last whole line begins and ends. */
class LineEnds {
  readonly #quotes: boolean
  readonly #crlf: boolean
  #offset = 0
  #inside = false
  #before = 0
  #start = 0
  #end = 0

  constructor({ quotes, crlf }: { readonly quotes: boolean; readonly crlf: boolean }) {
    this.#quotes = quotes
    this.#crlf = crlf
  }

  get last(): { readonly start: number; readonly end: number } {
    return { start: this.#start, end: this.#end }
  }

  take(bytes: Uint8Array): void {
    for (const byte of bytes) {
      this.#offset += 1
      if (byte === quote && this.#quotes) this.#inside = !this.#inside
      else if (byte === lineFeed && !this.#inside) {
        if (!this.#crlf || this.#before === carriageReturn) this.#endLine()
      }
      this.#before = byte
    }
  }

  #endLine(): void {
    this.#start = this.#end
    this.#end = this.#offset
  }
}
