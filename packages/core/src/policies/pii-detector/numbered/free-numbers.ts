import type { Placeholder } from './placeholder.ts'
import { writePlaceholder } from './placeholder.ts'

/** Numbers that no placeholder of the request has. Walking past those that are taken is done once, not for each choice. */
export class FreeNumbers {
  readonly #taken = new Set<string>()
  /** Where a walk ended, by the placeholder where it began. */
  readonly #walked = new Map<string, number>()

  take(placeholder: Placeholder): void {
    this.#taken.add(writePlaceholder(placeholder))
    this.#walked.clear()
  }

  /** The first free number of the label, beginning with `least`. */
  from(label: string, least: number): number {
    const begin = writePlaceholder({ label, number: least })
    if (!this.#taken.has(begin)) return least
    const known = this.#walked.get(begin)
    if (known !== undefined) return known
    let number = least + 1
    while (this.#taken.has(writePlaceholder({ label, number }))) number += 1
    this.#walked.set(begin, number)
    return number
  }
}
