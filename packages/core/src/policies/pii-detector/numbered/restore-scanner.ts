import type { Restoration, Scanned, TextScanner } from '../../policy.ts'
import type { Placeholder } from './placeholder.ts'
import { longestPlaceholder, mayBecomePlaceholder, placeholderAt } from './placeholder.ts'

const mayOpen = /[[\\&]/g

/** What an answer may give back. */
export interface Restorable {
  /** Labels of the placeholders that stand for something. */
  readonly labels: ReadonlySet<string>
  /** The value behind a placeholder; `null` when there is none to give back. */
  valueOf(placeholder: Placeholder): string | null
}

/** Finds the placeholders of a call in an answer while it comes, and gives back the values they stand for. */
export class RestoreScanner implements TextScanner<Restoration> {
  readonly #values: Restorable
  /** What is not decided yet, and where it begins. */
  #tail = ''
  #base = 0

  constructor(values: Restorable) {
    this.#values = values
  }

  push(text: string): Scanned<Restoration> {
    this.#tail += text
    return this.#scan(false)
  }

  end(): Scanned<Restoration> {
    return this.#scan(true)
  }

  #scan(isComplete: boolean): Scanned<Restoration> {
    const found: Restoration[] = []
    let at = 0
    for (;;) {
      at = this.#nextOpening(at)
      if (at === this.#tail.length) break
      const placeholder = placeholderAt(this.#tail, at)
      if (placeholder !== null) {
        const text = this.#values.valueOf(placeholder)
        const span = { start: this.#base + at, end: this.#base + placeholder.end }
        if (text !== null) found.push({ ...span, text })
        at = placeholder.end
      } else if (!isComplete && this.#mayBecome(at)) break
      else at += 1
    }
    this.#base += at
    this.#tail = this.#tail.slice(at)
    return { found, decided: this.#base }
  }

  #mayBecome(at: number): boolean {
    const tail = this.#tail.slice(at, at + longestPlaceholder)
    return mayBecomePlaceholder(tail, this.#values.labels)
  }

  #nextOpening(from: number): number {
    mayOpen.lastIndex = from
    return mayOpen.exec(this.#tail)?.index ?? this.#tail.length
  }
}
