import type { RE2JS } from 're2js'
import type { MappedText } from '../text/mapped-text.ts'
import { indexInReading, readable, readingsOf } from '../text/readings.ts'
import type { KeptText } from './kept-text.ts'
import type { Ranked } from './merge-overlaps.ts'
import { mergeOverlaps } from './merge-overlaps.ts'
import type { PatternShape } from './pattern-shape.ts'
import { longestMatch, patternShape } from './pattern-shape.ts'

/** A customer's pattern with what is known of its matches. */
export interface ShapedPattern extends PatternShape {
  readonly pattern: RE2JS
}

/** Compiled once per configuration. */
export function shapePattern(pattern: RE2JS): ShapedPattern {
  return { pattern, ...patternShape(pattern) }
}

/** Characters behind and before a window that `\b`, `^` and `$` may look at. */
const lookAround = 2
/** Escapes and invisible characters may make ten characters out of one. */
const written = 10

/** What a policy makes of a pattern's matches. */
export interface PatternUse<Found> {
  /** True when `start` to `end` of `text` lies in a marker that stands there already. */
  isMarker(text: string, start: number, end: number): boolean
  toFinding(start: number, end: number): Found
}

interface Window {
  readonly base: number
  readonly from: number
  readonly end: number
  readonly step: number
}

/**
 * Finds the matches of one pattern in an answer. The text is searched step by step: a step begins at the first character
 * behind the last one that can begin a match, decides about a few characters, and reads as far as the longest match that
 * begins in them. Where a step begins depends on the text only.
 */
export class PatternScanner<Found extends Ranked> {
  readonly #text: KeptText
  readonly #shape: ShapedPattern
  readonly #use: PatternUse<Found>
  #at = 0

  constructor(text: KeptText, shape: ShapedPattern, use: PatternUse<Found>) {
    this.#text = text
    this.#shape = shape
    this.#use = use
  }

  /** No match that is found later begins before. */
  get decided(): number {
    return this.#at
  }

  /** What can be decided now; everything when the text is complete. */
  read(isComplete: boolean): Found[] {
    const found: Found[] = []
    while (this.#skipToCandidate()) {
      const { reach, step } = this.#measure()
      const end = this.#at + step + reach
      if (!isComplete && end + lookAround > this.#text.end) break
      for (const one of this.#search(this.#at, Math.min(end, this.#text.end), step)) found.push(one)
    }
    return found
  }

  /** Goes to the first character that can begin a match; false when there is none yet. */
  #skipToCandidate(): boolean {
    const { end } = this.#text
    while (this.#at < end && !this.#mayBegin(this.#text.codeAt(this.#at))) this.#at += 1
    return this.#at < end
  }

  #mayBegin(code: number): boolean {
    if (code < 0x80) return isEscapeSign(code) || this.#shape.mayBegin(code)
    const plain = readable(String.fromCharCode(code)).text
    return plain !== '' && this.#shape.mayBegin(plain.charCodeAt(0))
  }

  /** How far a match may reach, and about how many characters one step decides. */
  #measure(): { reach: number; step: number } {
    const { longest } = this.#shape
    if (longest === null) return { reach: longestMatch, step: 128 }
    const step = Math.max(16, longest >> 3)
    const plain = isPlain(this.#text.slice(this.#at, this.#at + step + longest))
    return { reach: plain ? longest : Math.min(longestMatch, longest * written), step }
  }

  /** The first match that begins in the step, or none; goes behind what was decided. */
  #search(from: number, end: number, step: number): Found[] {
    const base = Math.max(0, from - lookAround)
    const readings = readingsOf(this.#text.slice(base, end + lookAround))
    const firsts = readings.flatMap((reading) => this.#firstIn(reading, { base, from, end, step }))
    const [first] = mergeOverlaps(firsts)
    this.#at = first?.end ?? Math.min(from + step, this.#text.end)
    return first === undefined ? [] : [first]
  }

  #firstIn(reading: MappedText, { base, from, end, step }: Window): Found[] {
    const matcher = this.#shape.pattern.matcher(reading.text)
    let isFound = matcher.find(indexInReading(reading, from - base))
    for (; isFound; isFound = matcher.find()) {
      const span = reading.toOriginalSpan(matcher.start(), matcher.end())
      const start = span.start + base
      if (start >= from + step) break
      const isMarker = this.#use.isMarker(reading.text, matcher.start(), matcher.end())
      const stop = Math.min(span.end + base, this.#cut(start, end))
      if (start >= from && stop > start && !isMarker) return [this.#use.toFinding(start, stop)]
    }
    return []
  }

  #cut(start: number, end: number): number {
    return this.#shape.longest === null ? Math.min(end, start + longestMatch) : end
  }
}

function isPlain(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: "anything but ASCII" includes its control characters
  return !/[^\x00-\x7f]|[&%\\]/.test(text)
}

function isEscapeSign(code: number): boolean {
  return code === 0x26 || code === 0x25 || code === 0x5c
}
