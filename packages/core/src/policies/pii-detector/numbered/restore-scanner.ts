import type { Restoration, Scanned, TextScanner } from '../../policy.ts'
import type { Placeholder } from './placeholder.ts'
import { longestPlaceholder, mayBecomePlaceholder, placeholderAt } from './placeholder.ts'

const mayOpen = /[[\\&]/g

/** Finds the placeholders of a call in an answer while it comes, and gives back the values they stand for. */
export class RestoreScanner implements TextScanner<Restoration> {
  readonly #restored: (placeholder: Placeholder) => string | null
  /** What is not decided yet, and where it begins. */
  #tail = ''
  #base = 0

  constructor(restored: (placeholder: Placeholder) => string | null) {
    this.#restored = restored
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
        const text = this.#restored(placeholder)
        const span = { start: this.#base + at, end: this.#base + placeholder.end }
        if (text !== null) found.push({ ...span, text })
        at = placeholder.end
      } else if (!isComplete && mayBecomePlaceholder(this.#tail.slice(at, at + longestPlaceholder)))
        break
      else at += 1
    }
    this.#base += at
    this.#tail = this.#tail.slice(at)
    return { found, decided: this.#base }
  }

  #nextOpening(from: number): number {
    mayOpen.lastIndex = from
    return mayOpen.exec(this.#tail)?.index ?? this.#tail.length
  }
}
