import { Alphabet } from './alphabet.ts'
import type { Reading } from './form-program.ts'
import { readForm } from './form-program.ts'

/** How far all forms have been read at once. */
export interface FormState {
  /** No form goes on, and none ends here. */
  readonly isDead: boolean
  /** Numbers of the forms that may end here. */
  readonly ended: readonly number[]
}

interface CachedState extends FormState {
  /** Numbers of the places of the forms that may be read next. */
  readonly threads: readonly number[]
  /** The states behind the classes of characters, as far as they were needed. */
  readonly next: (CachedState | undefined)[]
  /** False for a state that is made anew each time. */
  readonly isKept: boolean
}

/** A place in a form: what is read there, and what then. */
interface Thread {
  readonly form: number
  readonly step: number
  readonly next: readonly number[]
  readonly ends: boolean
}

/** States that are kept; beyond, they are made anew each time. Real texts need some hundreds. */
const mostStates = 4096

/**
 * Reads a text once for any number of forms, character by character: a state machine that is built while it runs and kept.
 * It reads all that the forms match, and more (any digit where a form reads some): a finder asks the form itself then.
 * Ordinary words leave it after a few characters, whatever the number of forms.
 */
export class FormAutomaton {
  readonly #start: CachedState
  readonly #alphabet: Alphabet
  readonly #threads: readonly Thread[]
  /** For each class the steps that read it, as a table; made when needed. */
  readonly #reads: Uint8Array[] = []
  /** In which round a thread was seen last. */
  readonly #seen: Uint32Array
  readonly #steps: number
  #round = 0
  readonly #states = new Map<string, CachedState>()

  /** Takes sticky patterns; a form's number is its place. Throws when one cannot be taken apart. */
  constructor(forms: readonly RegExp[]) {
    const { threads, steps, first } = connect(forms)
    this.#threads = threads
    this.#steps = steps.length
    this.#alphabet = new Alphabet(steps)
    this.#seen = new Uint32Array(threads.length)
    this.#start = this.#keep(first, [])
  }

  /** True when some form may begin with this UTF-16 unit. */
  mayBegin(unit: number): boolean {
    const isHalf = (unit & 0xf800) === 0xd800
    return isHalf || !this.#step(this.#start, unit).isDead
  }

  /** The state in which nothing has been read. */
  get start(): FormState {
    return this.#start
  }

  /** The state behind one more character, given as a code point. */
  step(state: FormState, point: number): FormState {
    return this.#step(state as CachedState, point)
  }

  /** Numbers of the forms that may match a part of `text` that begins at `start` and ends before `stop`. */
  formsFrom(text: string, start: number, stop: number): readonly number[] {
    let ended: readonly number[] = []
    let state = this.#start
    const end = Math.min(text.length, stop)
    for (let index = start; index < end; ) {
      const point = text.codePointAt(index) ?? 0
      state = this.#step(state, point)
      if (state.isDead) break
      if (state.ended.length > 0) ended = union(ended, state.ended)
      index += point > 0xffff ? 2 : 1
    }
    return ended
  }

  #step(from: CachedState, point: number): CachedState {
    const group = this.#alphabet.classOf(point)
    return from.next[group] ?? this.#learn(from, group)
  }

  #learn(from: CachedState, group: number): CachedState {
    const reads = this.#readsOf(group)
    const threads: number[] = []
    const ended = new Set<number>()
    this.#round += 1
    for (const number of from.threads) {
      const thread = this.#threads[number]
      if (thread === undefined || reads[thread.step] !== 1) continue
      for (const next of thread.next) {
        if (this.#seen[next] === this.#round) continue
        this.#seen[next] = this.#round
        threads.push(next)
      }
      if (thread.ends) ended.add(thread.form)
    }
    const made = this.#keep(threads, [...ended])
    if (from.isKept && made.isKept) from.next[group] = made
    return made
  }

  #readsOf(group: number): Uint8Array {
    const known = this.#reads[group]
    if (known !== undefined) return known
    const made = new Uint8Array(this.#steps)
    for (const step of this.#alphabet.readers(group)) made[step] = 1
    this.#reads[group] = made
    return made
  }

  #keep(threads: readonly number[], ended: readonly number[]): CachedState {
    const key = `${threads.join()};${ended.join()}`
    const known = this.#states.get(key)
    if (known !== undefined) return known
    const isKept = this.#states.size < mostStates
    const isDead = threads.length === 0 && ended.length === 0
    const made: CachedState = { isDead, ended, threads, next: [], isKept }
    if (isKept) this.#states.set(key, made)
    return made
  }
}

function union(some: readonly number[], others: readonly number[]): readonly number[] {
  return some.length === 0 ? others : [...new Set([...some, ...others])]
}

/** All places of all forms, numbered, with the distinct steps and the places where forms begin. */
function connect(forms: readonly RegExp[]): {
  threads: readonly Thread[]
  steps: readonly Reading[]
  first: readonly number[]
} {
  const threads: { form: number; step: number; next: number[]; ends: boolean }[] = []
  const steps: Reading[] = []
  const stepOf = new Map<string, number>()
  const first = forms.flatMap((pattern, form) => {
    // Forms may share their readings, but a place belongs to one form.
    const places = new Map<Reading, number>()
    const open: Reading[] = []
    const place = (reading: Reading): number => {
      const known = places.get(reading)
      if (known !== undefined) return known
      const step = stepOf.get(reading.name) ?? steps.push(reading) - 1
      stepOf.set(reading.name, step)
      const made = threads.push({ form, step, next: [], ends: reading.ends }) - 1
      places.set(reading, made)
      open.push(reading)
      return made
    }
    const begin = readForm(pattern).next.map(place)
    for (let one = open.pop(); one !== undefined; one = open.pop())
      threads[places.get(one) ?? -1]?.next.push(...one.next.map(place))
    return begin
  })
  return { threads, steps, first }
}
