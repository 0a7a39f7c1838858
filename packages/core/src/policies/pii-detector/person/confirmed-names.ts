import { nameLexicon } from './name-lexicon.ts'
import type { NameWord } from './name-words.ts'

/** Entries above which those out of reach are dropped. */
const many = 64

/** Words known to belong to people of a text. */
export class ConfirmedNames {
  readonly #seen: Map<string, number>
  readonly #fragments: ReadonlySet<string>
  readonly #reach: number

  /** A mention counts for `reach` characters, the words of `mailboxes` everywhere. */
  constructor(reach: number, mailboxes: readonly string[] = [], seen = new Map<string, number>()) {
    this.#reach = reach
    this.#seen = seen
    this.#fragments = new Set(mailboxes.flatMap((name) => name.toLowerCase().split(/[^\p{L}]+/u)))
  }

  /** Remembers the words of a name that was announced or is complete; `base` is where the text of their offsets begins. */
  add(words: readonly NameWord[], base: number): void {
    const lexicon = nameLexicon()
    for (const word of words) {
      if (word.lower.length < 3 || lexicon.isOrdinary(word.lower)) continue
      if (this.#isNear(word, base)) continue
      if (this.#seen.size >= many) this.#forget(word.start + base - this.#reach)
      this.#seen.set(word.lower, word.end + base)
    }
  }

  has(word: NameWord, base: number): boolean {
    if (word.lower.length < 3) return false
    return this.#fragments.has(word.lower) || this.#isNear(word, base)
  }

  /** The same knowledge, to be added to without changing this one. */
  copy(): ConfirmedNames {
    return new ConfirmedNames(this.#reach, [...this.#fragments], new Map(this.#seen))
  }

  #isNear(word: NameWord, base: number): boolean {
    const seen = this.#seen.get(word.lower)
    return seen !== undefined && word.start + base - seen <= this.#reach
  }

  #forget(before: number): void {
    for (const [word, end] of this.#seen) if (end < before) this.#seen.delete(word)
  }
}
