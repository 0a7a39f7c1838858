import type { RE2JS } from 're2js'
import type { MappedText } from '../../../text/mapped-text.ts'
import type { Detected } from '../entity-detector.ts'
import type { Markers } from '../markers.ts'
import { mergeOverlaps } from '../merge-overlaps.ts'
import { indexInReading, readable, readingsOf } from '../readings.ts'
import type { KeptText } from './kept-text.ts'
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
export class PatternScanner {
  readonly #text: KeptText
  readonly #shape: ShapedPattern
  readonly #markers: Markers
  #at = 0

  constructor(text: KeptText, shape: ShapedPattern, markers: Markers) {
    this.#text = text
    this.#shape = shape
    this.#markers = markers
  }

  /** No match that is found later begins before. */
  get decided(): number {
    return this.#at
  }

  /** What can be decided now; everything when the text is complete. */
  read(isComplete: boolean): Detected[] {
    const found: Detected[] = []
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
  #search(from: number, end: number, step: number): Detected[] {
    const base = Math.max(0, from - lookAround)
    const readings = readingsOf(this.#text.slice(base, end + lookAround))
    const firsts = readings.flatMap((reading) => this.#firstIn(reading, { base, from, end, step }))
    const [first] = mergeOverlaps(firsts)
    this.#at = first?.end ?? Math.min(from + step, this.#text.end)
    return first === undefined ? [] : [first]
  }

  #firstIn(reading: MappedText, { base, from, end, step }: Window): Detected[] {
    const matcher = this.#shape.pattern.matcher(reading.text)
    let isFound = matcher.find(indexInReading(reading, from - base))
    for (; isFound; isFound = matcher.find()) {
      const span = reading.toOriginalSpan(matcher.start(), matcher.end())
      const start = span.start + base
      if (start >= from + step) break
      const isMarker = this.#markers.isMarker(reading.text, matcher.start(), matcher.end())
      const stop = Math.min(span.end + base, this.#cut(start, end))
      if (start >= from && stop > start && !isMarker) return [custom(start, stop)]
    }
    return []
  }

  #cut(start: number, end: number): number {
    return this.#shape.longest === null ? Math.min(end, start + longestMatch) : end
  }
}

function custom(start: number, end: number): Detected {
  return { rule: 'custom-pattern', type: 'CUSTOM', start, end, score: 1000 }
}

function isPlain(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: "anything but ASCII" includes its control characters
  return !/[^\x00-\x7f]|[&%\\]/.test(text)
}

function isEscapeSign(code: number): boolean {
  return code === 0x26 || code === 0x25 || code === 0x5c
}
