import type { TextScanner } from '../policies/policy.ts'
import type { Piece } from './piece.ts'
import { PieceQueue, textOf } from './piece.ts'

/** What is done about something found: nothing, a text in its place, or no text from here on. */
export type Weighed = { readonly put: string } | 'keep' | 'stop'

/** A place in the text that a scanner sees. */
interface Found {
  readonly start: number
  readonly end: number
}

/** One look at a text on its way: holds back what is undecided, and edits what is found. */
export class TextStage<Match extends Found> {
  readonly #scanner: TextScanner<Match>
  readonly #weigh: (match: Match) => Weighed
  readonly #waiting = new PieceQueue()
  /** Characters of its input that have gone on. */
  #at = 0
  #received = 0
  #stopped = false

  constructor(scanner: TextScanner<Match>, weigh: (match: Match) => Weighed) {
    this.#scanner = scanner
    this.#weigh = weigh
  }

  /** True once something was found that ends the text; nothing goes on after it. */
  get stopped(): boolean {
    return this.#stopped
  }

  push(pieces: readonly Piece[]): Piece[] {
    const text = textOf(pieces)
    if (this.#stopped || (text === '' && pieces.length === 0)) return []
    this.#waiting.add(pieces)
    this.#received += text.length
    const { found, decided } = this.#scanner.push(text)
    return this.#release(found, decided)
  }

  end(): Piece[] {
    if (this.#stopped) return []
    return this.#release(this.#scanner.end().found, this.#received)
  }

  #release(found: readonly Match[], decided: number): Piece[] {
    const out: Piece[] = []
    for (const match of found) {
      const weighed = this.#weigh(match)
      if (weighed === 'keep') continue
      this.#pass(match.start, out)
      if (weighed === 'stop') {
        this.#stopped = true
        return out
      }
      const taken = this.#waiting.drop(match.end - match.start)
      out.push({ text: weighed.put, taken, kept: false })
      this.#at = match.end
    }
    this.#pass(Math.min(decided, this.#received), out)
    return out
  }

  #pass(end: number, out: Piece[]): void {
    if (end <= this.#at) return
    for (const piece of this.#waiting.take(end - this.#at)) out.push(piece)
    this.#at = end
  }
}
