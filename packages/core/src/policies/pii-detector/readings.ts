import { decodeEscapes } from '../../text/decode-escapes.ts'
import type { MappedText } from '../../text/mapped-text.ts'
import { composeMapped } from '../../text/mapped-text.ts'
import { normalizeText } from '../../text/normalize.ts'
import { foldDigits } from './fold-digits.ts'

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

function readable(text: string): MappedText {
  const normal = normalizeText(text)
  return composeMapped(normal, foldDigits(normal.text))
}
