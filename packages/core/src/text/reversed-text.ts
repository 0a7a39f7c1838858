import type { MappedText } from './mapped-text.ts'
import type { Span } from './span.ts'

/** A part of a text read from its end; offsets run the other way. Surrogate pairs stay pairs. */
export class ReversedText implements MappedText {
  readonly text: string
  readonly changed = true
  readonly #from: number
  readonly #to: number

  constructor(source: string, from = 0, to = source.length, read = backwards) {
    this.#from = from
    this.#to = to
    this.text = read(source.slice(from, to))
  }

  toOriginal(index: number): number {
    return Math.min(this.#to, Math.max(this.#from, this.#to - index))
  }

  toOriginalSpan(start: number, end: number): Span {
    return { start: this.toOriginal(Math.max(start, end)), end: this.toOriginal(start) }
  }
}

function backwards(text: string): string {
  return [...text].reverse().join('')
}
