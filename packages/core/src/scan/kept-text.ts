const leastForgotten = 64

/** The part of a text that is still needed. Offsets count from the beginning of the whole text. */
export class KeptText {
  #base = 0
  #text = ''
  // The last piece again: reading single units from a string that was just put together would copy it.
  #last = ''
  #lastStart = 0

  /** Length of the whole text so far. */
  get end(): number {
    return this.#lastStart + this.#last.length
  }

  append(piece: string): void {
    this.#lastStart += this.#last.length
    this.#text += piece
    this.#last = piece
  }

  slice(start: number, end: number): string {
    return this.#text.slice(Math.max(0, start - this.#base), end - this.#base)
  }

  /** The UTF-16 unit at `index`; NaN where nothing is kept. */
  codeAt(index: number): number {
    return index >= this.#lastStart
      ? this.#last.charCodeAt(index - this.#lastStart)
      : this.#text.charCodeAt(index - this.#base)
  }

  /** Lets go of what stands before `start`, when it is worth it. */
  forgetBefore(start: number): void {
    if (start - this.#base < leastForgotten) return
    this.#text = this.#text.slice(start - this.#base)
    this.#base = start
  }
}
