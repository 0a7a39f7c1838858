import type { Span } from './span.ts'

/** A text made from another one, and where each of its characters came from. Offsets count UTF-16 code units. */
export interface MappedText {
  readonly text: string
  /** False when `text` is the original itself. */
  readonly changed: boolean
  /** The original offset of the character at `index`; monotone, `text.length` gives the original's length. */
  toOriginal(index: number): number
  /** The smallest range of the original that holds everything `text.slice(start, end)` was made from. */
  toOriginalSpan(start: number, end: number): Span
}

/** Wraps a text that was not changed: every offset maps to itself. */
export function unchangedText(text: string): MappedText {
  return {
    text,
    changed: false,
    toOriginal: (index) => index,
    toOriginalSpan: (start, end) => ({ start, end }),
  }
}

/**
 * Builds a changed text from left to right out of pieces of the original.
 * Kept as runs, not per character: a long text with few changes costs few entries.
 */
export class MappedTextBuilder {
  readonly #source: string
  // Joined at the end: a long string that grows piece by piece is slow to read.
  readonly #pieces: string[] = []
  #length = 0
  // One run per index: from #starts[i] on, characters map one to one from #origins[i]
  // (#ends[i] === -1), or all of them to the range #origins[i]..#ends[i].
  readonly #starts: number[] = []
  readonly #origins: number[] = []
  readonly #ends: number[] = []

  constructor(source: string) {
    this.#source = source
  }

  /** Length of the text so far. */
  get length(): number {
    return this.#length
  }

  /** Appends `source.slice(from, to)` as it is. */
  copy(from: number, to: number): void {
    if (to > from) this.#linear(this.#source.slice(from, to), from)
  }

  /** Appends `replacement`, made from `source.slice(from, to)`. */
  replace(replacement: string, from: number, to: number): void {
    if (replacement.length === 0) return
    if (replacement.length === to - from) {
      this.#linear(replacement, from)
      return
    }
    this.#open(from, to)
    this.#append(replacement)
  }

  /** The finished text with its map. */
  build(): MappedText {
    return new RunMappedText(this.#source, this.#pieces.join(''), {
      starts: this.#starts,
      origins: this.#origins,
      ends: this.#ends,
    })
  }

  #linear(piece: string, from: number): void {
    const last = this.#starts.length - 1
    const continues =
      last >= 0 &&
      this.#ends[last] === -1 &&
      (this.#origins[last] ?? 0) + this.#length - (this.#starts[last] ?? 0) === from
    if (!continues) this.#open(from, -1)
    this.#append(piece)
  }

  #append(piece: string): void {
    this.#pieces.push(piece)
    this.#length += piece.length
  }

  #open(origin: number, end: number): void {
    this.#starts.push(this.#length)
    this.#origins.push(origin)
    this.#ends.push(end)
  }
}

interface Runs {
  readonly starts: readonly number[]
  readonly origins: readonly number[]
  readonly ends: readonly number[]
}

class RunMappedText implements MappedText {
  readonly text: string
  readonly changed = true
  readonly #sourceLength: number
  readonly #runs: Runs

  constructor(source: string, text: string, runs: Runs) {
    this.text = text
    this.#sourceLength = source.length
    this.#runs = runs
  }

  toOriginal(index: number): number {
    if (index >= this.text.length) return this.#sourceLength
    return this.#rangeOf(Math.max(0, index)).start
  }

  toOriginalSpan(start: number, end: number): Span {
    const from = this.toOriginal(start)
    if (end <= start || this.text.length === 0) return { start: from, end: from }
    return { start: from, end: this.#rangeOf(Math.min(end, this.text.length) - 1).end }
  }

  /** Where the character at `index` came from. */
  #rangeOf(index: number): Span {
    const { starts, origins, ends } = this.#runs
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= index) low = middle
      else high = middle - 1
    }
    const origin = origins[low] ?? 0
    const end = ends[low] ?? -1
    if (end >= 0) return { start: origin, end }
    const place = origin + index - (starts[low] ?? 0)
    return { start: place, end: place + 1 }
  }
}

/** Chains two maps: `outer` was made from `inner.text`, the result maps `outer.text` to the text under `inner`. */
export function composeMapped(inner: MappedText, outer: MappedText): MappedText {
  if (!inner.changed) return outer
  if (!outer.changed) return inner
  return {
    text: outer.text,
    changed: true,
    toOriginal: (index) => inner.toOriginal(outer.toOriginal(index)),
    toOriginalSpan: (start, end) => {
      const span = outer.toOriginalSpan(start, end)
      return inner.toOriginalSpan(span.start, span.end)
    },
  }
}
