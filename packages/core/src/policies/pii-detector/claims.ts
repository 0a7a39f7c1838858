/** Which parts of a text are taken: by a finding, or by something (a URL) that must not be read as one. */
export class Claims {
  readonly #taken: Uint8Array

  /** Takes the length of the text in UTF-16 units. */
  constructor(length: number) {
    this.#taken = new Uint8Array(length)
  }

  /** Marks `start` to `end` as taken. */
  claim(start: number, end: number): void {
    this.#taken.fill(1, start, end)
  }

  /** True when no character of `start` to `end` is taken. */
  isFree(start: number, end: number): boolean {
    for (let index = start; index < end; index += 1) if (this.#taken[index] === 1) return false
    return true
  }

  /** The text with `]` in the place of every taken character: what the next detector reads. */
  hideIn(text: string): string {
    const pieces: string[] = []
    let from = 0
    for (let start = this.#taken.indexOf(1); start !== -1; start = this.#taken.indexOf(1, from)) {
      const end = this.#taken.indexOf(0, start)
      const stop = end === -1 ? text.length : end
      pieces.push(text.slice(from, start), ']'.repeat(stop - start))
      from = stop
      if (end === -1) break
    }
    return pieces.length === 0 ? text : pieces.join('') + text.slice(from)
  }
}
