import { decodeEscapes } from './decode-escapes.ts'
import { foldDigits } from './fold-digits.ts'
import type { MappedText } from './mapped-text.ts'
import { composeMapped } from './mapped-text.ts'
import { normalizeText } from './normalize.ts'

/**
 * The ways in which a model reads a text: as it stands, and with its escapes decoded when it has some, since models
 * read `\u0040`, `&#64;` and `%40` as `@`. Each maps back to the offsets of `text`.
 */
export function readingsOf(text: string): readonly MappedText[] {
  const plain = readable(text)
  const escapes = decodeEscapes(plain.text)
  if (escapes === undefined) return [plain]
  const decoded = composeMapped(escapes, readable(escapes.text))
  return [plain, composeMapped(plain, decoded)]
}

/** The text as it stands, as detectors read it. */
export function readable(text: string): MappedText {
  const normal = normalizeText(text)
  return composeMapped(normal, foldDigits(normal.text))
}

/** Where the character at `original` stands in the reading: the first one that comes from there or behind. */
export function indexInReading(reading: MappedText, original: number): number {
  if (!reading.changed) return original
  let low = 0
  let high = reading.text.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (reading.toOriginal(middle) < original) low = middle + 1
    else high = middle
  }
  return low
}
