/** A stretch of what may go out, and how much of the text it was made from. */
export interface Piece {
  readonly text: string
  /** Characters of the text it stands for. */
  readonly taken: number
  /** True when it is that stretch of the text itself. */
  readonly kept: boolean
}

/** A stretch of the text as it came. */
export function keptPiece(text: string): Piece {
  return { text, taken: text.length, kept: true }
}

/** What the pieces say. */
export function textOf(pieces: readonly Piece[]): string {
  const [only] = pieces
  if (only === undefined) return ''
  return pieces.length === 1 ? only.text : pieces.map(({ text }) => text).join('')
}

/** Pieces that wait, in order; they can be taken off in any number of characters. */
export class PieceQueue {
  #pieces: Piece[] = []
  #head = 0

  add(pieces: readonly Piece[]): void {
    for (const piece of pieces) this.#pieces.push(piece)
  }

  /**
   * Takes off the pieces of the next `length` characters of output, with what was emptied right behind them.
   * @throws RangeError when fewer wait
   */
  take(length: number): Piece[] {
    const taken: Piece[] = []
    let left = length
    for (let first = this.#pieces[this.#head]; first !== undefined; first = this.#next()) {
      if (first.text.length > left) {
        if (left > 0) taken.push(this.#cut(first, left))
        left = 0
        break
      }
      taken.push(first)
      left -= first.text.length
    }
    if (left > 0) throw new RangeError('more is released than came in')
    this.#forget()
    return taken
  }

  /** Takes off `length` characters of output and says how much of the text they were made from. */
  drop(length: number): number {
    return this.take(length).reduce((sum, { taken }) => sum + taken, 0)
  }

  #next(): Piece | undefined {
    this.#head += 1
    return this.#pieces[this.#head]
  }

  /** What was put in stands, whole, for what it was made from: its first part carries that. */
  #cut(piece: Piece, at: number): Piece {
    const { text, kept, taken } = piece
    const before = kept ? at : taken
    this.#pieces[this.#head] = { text: text.slice(at), taken: taken - before, kept }
    return { text: text.slice(0, at), taken: before, kept }
  }

  #forget(): void {
    if (this.#head < 32 || this.#head * 2 < this.#pieces.length) return
    this.#pieces = this.#pieces.slice(this.#head)
    this.#head = 0
  }
}
