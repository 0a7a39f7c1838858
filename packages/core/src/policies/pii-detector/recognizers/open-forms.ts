import type { FormAutomaton, FormState } from './form-automaton.ts'
import { beginsValue } from './value-start.ts'

const blank = 32

/** Follows, token by token, every value that has begun and may go on: a text is not cut within one. */
export class OpenForms {
  readonly #automaton: FormAutomaton
  #open: FormState[] = []

  constructor(automaton: FormAutomaton) {
    this.#automaton = automaton
  }

  /** True when some value may go on behind a blank. */
  get isOpen(): boolean {
    return this.#open.length > 0
  }

  close(): void {
    this.#open = []
  }

  /** True when a value goes on with the token. */
  goOnWith(token: string): boolean {
    const first = token.codePointAt(0)
    if (first === undefined) return false
    return this.#open.some((state) => !this.#automaton.step(state, first).isDead)
  }

  /** Takes the next token, which follows on what is open across a blank, and the blank behind it. True when a value may end in it. */
  read(token: string): boolean {
    let mayEnd = false
    let before = Number.NaN
    for (let index = 0; index < token.length; ) {
      const point = token.codePointAt(index) ?? 0
      const unit = token.charCodeAt(index)
      if (beginsValue(before, unit)) this.#open.push(this.#automaton.start)
      if (this.#open.length > 0 && this.#step(point)) mayEnd = true
      index += point > 0xffff ? 2 : 1
      before = token.charCodeAt(index - 1)
    }
    if (this.#open.length > 0) this.#step(blank)
    return mayEnd
  }

  #step(point: number): boolean {
    let mayEnd = false
    const open: FormState[] = []
    for (const state of this.#open) {
      const next = this.#automaton.step(state, point)
      if (next.ended.length > 0) mayEnd = true
      if (!next.isDead) open.push(next)
    }
    this.#open = open
    return mayEnd
  }
}
