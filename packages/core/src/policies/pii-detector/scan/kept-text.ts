const leastForgotten = 256

/** The part of a text that is still needed. Offsets count from the beginning of the whole text. */
export class KeptText {
  #base = 0
  #text = ''

  /** Length of the whole text so far. */
  get end(): number {
    return this.#base + this.#text.length
  }

  append(piece: string): void {
    this.#text += piece
  }

  slice(start: number, end: number): string {
    return this.#text.slice(Math.max(0, start - this.#base), end - this.#base)
  }

  /** The UTF-16 unit at `index`; NaN where nothing is kept. */
  codeAt(index: number): number {
    return this.#text.charCodeAt(index - this.#base)
  }

  /** Lets go of what stands before `start`, when it is worth it. */
  forgetBefore(start: number): void {
    if (start - this.#base < leastForgotten) return
    this.#text = this.#text.slice(start - this.#base)
    this.#base = start
  }
}
