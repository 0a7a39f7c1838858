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

/** Pieces are joined by so many, so that no single join takes long. */
const PIECES = 2_048

/**
 * Builds a changed text from left to right out of pieces of the original.
 * Kept as runs, not per character: a long text with few changes costs few entries.
 */
export class MappedTextBuilder {
  readonly #source: string
  // Joined now and then and at the end: a long string that grows piece by piece is slow to read.
  readonly #parts: string[] = []
  #pieces: string[] = []
  #length = 0
  readonly #runs = new RunList()

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
    this.#runs.add(this.#length, from, to)
    this.#append(replacement)
  }

  /** The finished text with its map. */
  build(): MappedText {
    this.#joinPieces()
    return new RunMappedText(this.#source, this.#parts.join(''), this.#runs)
  }

  #linear(piece: string, from: number): void {
    if (!this.#runs.continues(this.#length, from)) this.#runs.add(this.#length, from, LINEAR)
    this.#append(piece)
  }

  #append(piece: string): void {
    this.#pieces.push(piece)
    this.#length += piece.length
    if (this.#pieces.length >= PIECES) this.#joinPieces()
  }

  #joinPieces(): void {
    this.#parts.push(this.#pieces.join(''))
    this.#pieces = []
  }
}

const LINEAR = -1
// Start, origin and end of a run.
const WIDTH = 3
const FIRST_RUNS = 8

/**
 * From a start in the made text on, characters map one to one from an origin (its end is LINEAR), or all of them to the
 * range from origin to end. Numbers in one block of memory: a long text in disguise has a run for every word.
 */
class RunList {
  #values = new Int32Array(0)
  #count = 0

  get count(): number {
    return this.#count
  }

  add(start: number, origin: number, end: number): void {
    const place = this.#count * WIDTH
    if (place === this.#values.length) this.#grow()
    this.#values[place] = start
    this.#values[place + 1] = origin
    this.#values[place + 2] = end
    this.#count += 1
  }

  /** True when a character at `start` made from the one at `origin` belongs to the last run. */
  continues(start: number, origin: number): boolean {
    const last = this.#count - 1
    if (last < 0 || this.endOf(last) !== LINEAR) return false
    return this.originOf(last) + start - this.startOf(last) === origin
  }

  startOf(run: number): number {
    return this.#values[run * WIDTH] ?? 0
  }

  originOf(run: number): number {
    return this.#values[run * WIDTH + 1] ?? 0
  }

  endOf(run: number): number {
    return this.#values[run * WIDTH + 2] ?? LINEAR
  }

  #grow(): void {
    const values = new Int32Array(Math.max(FIRST_RUNS * WIDTH, this.#values.length * 2))
    values.set(this.#values)
    this.#values = values
  }
}

class RunMappedText implements MappedText {
  readonly text: string
  readonly changed = true
  readonly #sourceLength: number
  readonly #runs: RunList

  constructor(source: string, text: string, runs: RunList) {
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
    const runs = this.#runs
    let low = 0
    let high = runs.count - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (runs.startOf(middle) <= index) low = middle
      else high = middle - 1
    }
    const origin = runs.originOf(low)
    const end = runs.endOf(low)
    if (end !== LINEAR) return { start: origin, end }
    const place = origin + index - runs.startOf(low)
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
