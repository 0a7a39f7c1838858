import type { Reading } from './form-program.ts'
import { readForm } from './form-program.ts'

/** How far all forms have been read at once. */
export interface FormState {
  /** No form goes on, and none ends here. */
  readonly isDead: boolean
  /** Numbers of the forms that may end here. */
  readonly ended: readonly number[]
}

interface Thread {
  readonly form: number
  readonly reading: Reading
}

interface CachedState extends FormState {
  /** What may be read next. */
  readonly threads: readonly Thread[]
  readonly next: (CachedState | undefined)[]
}

/** States that are kept; beyond, they are made anew each time. Real texts need some hundreds. */
const mostStates = 4096

/**
 * Reads a text once for any number of forms, character by character: a state machine that is built while it runs and kept.
 * Ordinary words leave it after a character or two, whatever the number of forms.
 */
export class FormAutomaton {
  readonly start: FormState
  readonly #ids = new Map<Reading, number>()
  readonly #threads = new Map<Reading, Thread>()
  readonly #states = new Map<string, CachedState>()

  /** Takes sticky patterns; a form's number is its place. Throws when one cannot be taken apart. */
  constructor(forms: readonly RegExp[]) {
    const threads = forms.flatMap((pattern, form) =>
      readForm(pattern).next.map((reading) => ({ form, reading })),
    )
    this.start = this.#keep(threads, [])
  }

  /** The state behind one more character, given as a code point. */
  step(state: FormState, point: number): FormState {
    const from = state as CachedState
    const known = point < 128 ? from.next[point] : undefined
    if (known !== undefined) return known
    const threads = new Set<Thread>()
    const ended = new Set<number>()
    for (const { form, reading } of from.threads) {
      if (!reading.reads(point)) continue
      for (const next of reading.next) threads.add(this.#thread(form, next))
      if (reading.ends) ended.add(form)
    }
    const made = this.#keep([...threads], [...ended])
    if (point < 128 && this.#states.size < mostStates) from.next[point] = made
    return made
  }

  /** Numbers of the forms that may match a part of `text` that begins at `start` and ends before `stop`. */
  formsFrom(text: string, start: number, stop: number): readonly number[] {
    let ended: readonly number[] = []
    let state = this.start
    const end = Math.min(text.length, stop)
    for (let index = start; index < end; ) {
      const point = text.codePointAt(index) ?? 0
      state = this.step(state, point)
      if (state.isDead) break
      if (state.ended.length > 0) ended = union(ended, state.ended)
      index += point > 0xffff ? 2 : 1
    }
    return ended
  }

  /** Readings belong to one form each. */
  #thread(form: number, reading: Reading): Thread {
    const known = this.#threads.get(reading)
    if (known !== undefined) return known
    const made = { form, reading }
    this.#threads.set(reading, made)
    return made
  }

  #keep(threads: readonly Thread[], ended: readonly number[]): CachedState {
    const key = `${threads.map(({ reading }) => this.#idOf(reading)).join()};${ended.join()}`
    const known = this.#states.get(key)
    if (known !== undefined) return known
    const made: CachedState = {
      isDead: threads.length === 0 && ended.length === 0,
      ended,
      threads,
      next: [],
    }
    if (this.#states.size < mostStates) this.#states.set(key, made)
    return made
  }

  #idOf(reading: Reading): number {
    const known = this.#ids.get(reading)
    if (known !== undefined) return known
    this.#ids.set(reading, this.#ids.size)
    return this.#ids.size - 1
  }
}

function union(some: readonly number[], others: readonly number[]): readonly number[] {
  return some.length === 0 ? others : [...new Set([...some, ...others])]
}
