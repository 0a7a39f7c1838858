import type { Piece } from './piece.ts'
import { keptPiece } from './piece.ts'

/** Characters of a string literal as they were written, and how many they are when read: an escape is one. */
interface Run {
  readonly raw: string
  readonly length: number
}

/** The way back from the text of a JSON string to how it was written, so that only what is edited changes (decision T1). */
export class RawText {
  #runs: Run[] = []
  #head = 0

  /** Adds what was written and the number of UTF-16 units it reads as. */
  add(raw: string, length: number): void {
    this.#runs.push({ raw, length })
  }

  /** Turns pieces of the text, in order, into pieces of what was written. */
  rewrite(pieces: readonly Piece[]): Piece[] {
    return pieces.map(({ text, taken, kept }) => {
      const raw = this.#take(taken)
      return kept ? keptPiece(raw) : { text: escaped(text), taken: raw.length, kept }
    })
  }

  #take(length: number): string {
    const raws: string[] = []
    let left = length
    while (left > 0) {
      const run = this.#runs[this.#head]
      if (run === undefined) throw new RangeError('more is taken than was written')
      const whole = run.length <= left
      raws.push(whole ? run.raw : run.raw.slice(0, left))
      if (whole) this.#head += 1
      else this.#runs[this.#head] = { raw: run.raw.slice(left), length: run.length - left }
      left -= Math.min(left, run.length)
    }
    if (this.#head >= 32 && this.#head * 2 >= this.#runs.length) {
      this.#runs = this.#runs.slice(this.#head)
      this.#head = 0
    }
    return raws.length === 1 ? (raws[0] ?? '') : raws.join('')
  }
}

/** A text as it stands between the quotes of a JSON string. */
export function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}
