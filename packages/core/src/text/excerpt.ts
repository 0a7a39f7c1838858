import type { MappedText } from './mapped-text.ts'
import { MappedTextBuilder } from './mapped-text.ts'
import type { Steps } from './steps.ts'

// Undisguised words around belong to the disguised sentence, honest sentences around drown it.
const MARGIN = 48
const STEP = 2_048
const FIRST_CHANGES = 16

/** Stretches of a text and what stands in their place in a reading, in order and without overlap. */
export class ChangeList {
  // Start and end of each, in one block of memory: a long text in disguise changes at every word.
  #bounds = new Int32Array(FIRST_CHANGES * 2)
  readonly #plain: string[] = []

  get length(): number {
    return this.#plain.length
  }

  /** Appends the change of `start` to `end` into `plain`. */
  add(start: number, end: number, plain: string): void {
    const place = this.#plain.length * 2
    if (place === this.#bounds.length) {
      const bounds = new Int32Array(place * 2)
      bounds.set(this.#bounds)
      this.#bounds = bounds
    }
    this.#bounds[place] = start
    this.#bounds[place + 1] = end
    this.#plain.push(plain)
  }

  startOf(change: number): number {
    return this.#bounds[change * 2] ?? 0
  }

  endOf(change: number): number {
    return this.#bounds[change * 2 + 1] ?? 0
  }

  plainOf(change: number): string {
    return this.#plain[change] ?? ''
  }
}

/**
 * The text with `changes`. Where they stand in less than half of it, only that part, with a few words around: what is
 * disguised is judged apart from the text around it. `undefined` without changes.
 */
export function* readChanged(text: string, changes: ChangeList): Steps<MappedText | undefined> {
  if (changes.length === 0) return undefined
  return yield* changed(
    text,
    changes,
    around(text, changes.startOf(0), changes.endOf(changes.length - 1)),
  )
}

/** The whole text with `changes`. */
export function* changeAll(text: string, changes: ChangeList): Steps<MappedText> {
  return yield* changed(text, changes, { from: 0, to: text.length })
}

function* changed(
  text: string,
  changes: ChangeList,
  { from, to }: { readonly from: number; readonly to: number },
): Steps<MappedText> {
  const builder = new MappedTextBuilder(text)
  let copied = from
  for (let change = 0; change < changes.length; change++) {
    if (change % STEP === STEP - 1) yield
    builder.copy(copied, changes.startOf(change))
    copied = changes.endOf(change)
    builder.replace(changes.plainOf(change), changes.startOf(change), copied)
  }
  builder.copy(copied, to)
  yield
  return builder.build()
}

/** All of the text, or `start` to `end` with a margin when that is less than half of it. */
export function around(text: string, start: number, end: number): { from: number; to: number } {
  if ((end - start) * 2 >= text.length) return { from: 0, to: text.length }
  return {
    from: onCharacter(text, Math.max(0, start - MARGIN)),
    to: onCharacter(text, Math.min(text.length, end + MARGIN)),
  }
}

/** `index`, or the one before when it stands inside a surrogate pair. */
function onCharacter(text: string, index: number): number {
  const code = text.charCodeAt(index)
  return index > 0 && code >= 0xdc00 && code <= 0xdfff ? index - 1 : index
}
