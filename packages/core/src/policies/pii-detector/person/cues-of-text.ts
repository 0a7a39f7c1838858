import type { Cue } from './name-cues.ts'
import { nameCue } from './name-cues.ts'

/** Cues that are kept: those of the words that are looked at again and again. */
const kept = 64

/** Looks for the cues before the words of one text, and remembers those of the last words: a word is looked at many times. */
export class CuesOfText {
  readonly #starts = new Int32Array(kept).fill(-1)
  readonly #cues: Cue[] = new Array<Cue>(kept).fill('none')

  /** The cue that ends right before `start`; `text` is always the same. */
  before(text: string, start: number): Cue {
    const slot = start % kept
    const cue = this.#cues[slot]
    if (this.#starts[slot] === start && cue !== undefined) return cue
    const found = nameCue(text, start)
    this.#starts[slot] = start
    this.#cues[slot] = found
    return found
  }
}
