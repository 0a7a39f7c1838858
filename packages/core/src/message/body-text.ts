import type { Replacement } from '../json/splice-json.ts'
import { spliceJson } from '../json/splice-json.ts'

/** One JSON text of a body (a plain body, an event of a stream, or JSON inside a string) and what is to change in it. */
export class BodyText {
  readonly source: string
  readonly #replacements: Replacement[] = []

  constructor(source: string) {
    this.source = source
  }

  get changed(): boolean {
    return this.#replacements.length > 0
  }

  replace(replacement: Replacement): void {
    this.#replacements.push(replacement)
  }

  get replacements(): readonly Replacement[] {
    return this.#replacements
  }

  /** The text with everything replaced; the source itself when nothing is. */
  finish(): string {
    return spliceJson(this.source, this.#replacements)
  }
}
