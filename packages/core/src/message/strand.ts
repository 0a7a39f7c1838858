import type { JsonString } from '../json/json-node.ts'
import type { Replacement } from '../json/splice-json.ts'
import { spliceJson } from '../json/splice-json.ts'
import type { BodyText } from './body-text.ts'

/** A string literal that a text is made of, and the JSON text it stands in. */
export interface Literal {
  readonly body: BodyText
  readonly node: JsonString
}

/**
 * A text made of one or more string literals (parts of a message, pieces of a stream), which can be edited:
 * an edit changes the literals under it, and its replacement goes into the one where it starts.
 */
export class Strand {
  readonly literals: readonly Literal[]
  readonly original: string
  #text: string
  /** Where the text of each literal ends. */
  #ends: readonly number[]

  constructor(literals: readonly Literal[]) {
    this.literals = literals
    const ends: number[] = []
    let length = 0
    for (const { node } of literals) {
      length += node.value.length
      ends.push(length)
    }
    this.#ends = ends
    this.original =
      literals.length === 1
        ? (literals[0]?.node.value ?? '')
        : literals.map(({ node }) => node.value).join('')
    this.#text = this.original
  }

  /** The text as edited so far. */
  get text(): string {
    return this.#text
  }

  /** The ranges of `text` that come from one literal each, in order. */
  get ranges(): readonly { readonly start: number; readonly end: number }[] {
    return this.#ends.map((end, index) => ({ start: this.#ends[index - 1] ?? 0, end }))
  }

  /** Applies edits in ascending order that do not overlap; offsets are those of `text`. */
  edit(edits: readonly Replacement[]): void {
    if (edits.length === 0) return
    this.#text = spliceJson(this.#text, edits)
    this.#ends = movedEnds(this.#ends, edits)
  }

  /** The literals whose text is no longer the original one, with their new text. */
  changes(): { readonly literal: Literal; readonly text: string }[] {
    if (this.#text === this.original) return []
    return this.literals.flatMap((literal, index) => {
      const text = this.#text.slice(this.#ends[index - 1] ?? 0, this.#ends[index])
      return text === literal.node.value ? [] : [{ literal, text }]
    })
  }
}

/** Where the literals end after the edits: an end inside an edit moves behind its replacement. */
function movedEnds(ends: readonly number[], edits: readonly Replacement[]): number[] {
  let next = 0
  let shift = 0
  return ends.map((end) => {
    for (let edit = edits[next]; edit !== undefined && edit.end <= end; edit = edits[next]) {
      shift += edit.text.length - (edit.end - edit.start)
      next += 1
    }
    const edit = edits[next]
    if (edit === undefined || edit.start >= end) return end + shift
    return edit.start + shift + edit.text.length
  })
}
