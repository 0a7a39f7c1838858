import type { Piece } from './piece.ts'
import { keptPiece } from './piece.ts'

/** Looks after one text of an answer: takes it in pieces of any size, gives out what may go on. */
export interface TextGuard {
  push(text: string): Piece[]
  /** The text is complete. */
  end(): Piece[]
}

/** What a text goes through, in order. */
interface Stage {
  readonly stopped: boolean
  push(pieces: readonly Piece[]): Piece[]
  end(): Piece[]
}

/** A text that is read as it stands. */
export class PlainGuard implements TextGuard {
  readonly #stages: readonly Stage[]
  readonly #onStop: (stage: number) => void

  /** `onStop` is told which stage ended the text: the last of several stands at the earliest place. */
  constructor(stages: readonly Stage[], onStop: (stage: number) => void) {
    this.#stages = stages
    this.#onStop = onStop
  }

  push(text: string): Piece[] {
    return text === '' ? [] : this.#run([keptPiece(text)], false)
  }

  end(): Piece[] {
    return this.#run([], true)
  }

  #run(input: Piece[], ends: boolean): Piece[] {
    let pieces = input
    let open = ends
    for (const [at, stage] of this.#stages.entries()) {
      const stoppedBefore = stage.stopped
      const out = stage.push(pieces)
      pieces = open && !stage.stopped ? [...out, ...stage.end()] : out
      if (!stage.stopped) continue
      // What comes behind saw only what stands before the stop; nobody will ever see more.
      open = false
      if (!stoppedBefore) this.#onStop(at)
    }
    return pieces
  }
}
