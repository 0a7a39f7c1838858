import type { MappedText } from './mapped-text.ts'
import { endOfPiece, PIECE } from './pieces.ts'
import type { Span } from './span.ts'
import type { Steps } from './steps.ts'

/** A part of a text read from its end, piece by piece, each as `read` reads it; surrogate pairs stay pairs. */
export function* reverseText(
  source: string,
  { start, end }: Span,
  read = backwards,
): Steps<MappedText> {
  const pieces: string[] = []
  for (let from = start; from < end; ) {
    const to = endOfPiece(source, from, end)
    pieces.push(read(source.slice(from, to)))
    from = to
    yield
  }
  return new ReversedText(pieces.reverse().join(''), { start, end })
}

/** Offsets run the other way. */
class ReversedText implements MappedText {
  readonly text: string
  readonly changed = true
  readonly #from: number
  readonly #to: number

  constructor(text: string, { start, end }: Span) {
    this.text = text
    this.#from = start
    this.#to = end
  }

  toOriginal(index: number): number {
    return Math.min(this.#to, Math.max(this.#from, this.#to - index))
  }

  toOriginalSpan(start: number, end: number): Span {
    return { start: this.toOriginal(Math.max(start, end)), end: this.toOriginal(start) }
  }
}

// Used by one piece at a time, which is never interrupted.
const units = new Uint16Array(PIECE)

/** The characters of `text` from its end. */
export function backwards(text: string): string {
  const pieces: string[] = []
  for (let end = text.length; end > 0; ) {
    const cut = Math.max(0, end - PIECE)
    const start = isLow(text.charCodeAt(cut)) && isHigh(text.charCodeAt(cut - 1)) ? cut + 1 : cut
    pieces.push(pieceBackwards(text, start, end))
    end = start
  }
  return pieces.join('')
}

function pieceBackwards(text: string, start: number, end: number): string {
  let written = 0
  for (let index = end - 1; index >= start; index--) {
    const code = text.charCodeAt(index)
    const before = index > start ? text.charCodeAt(index - 1) : 0
    if (isLow(code) && isHigh(before)) {
      units[written++] = before
      index -= 1
    }
    units[written++] = code
  }
  return String.fromCharCode(...units.subarray(0, written))
}

function isHigh(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff
}

function isLow(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff
}
