import { normalizeText } from '../../../text/normalize.ts'

/** What a UTF-16 unit stands for: no character, or codes of plain characters. */
const nothing: readonly number[] = []
const other: readonly number[] = [0xfffd]
const known = new Map<number, readonly number[]>()

/**
 * The codes of the characters that a unit beyond ASCII stands for in normal form; none for what nobody sees. Of a pair
 * the second half stands for the character, and the first for none. `before` is the unit before.
 */
export function plainCodes(code: number, before: number): readonly number[] {
  if (code >= 0xd800 && code <= 0xdbff) return nothing
  const isSecond = code >= 0xdc00 && code <= 0xdfff
  if (isSecond && !(before >= 0xd800 && before <= 0xdbff)) return other
  const point = isSecond ? (before - 0xd800) * 0x400 + (code - 0xdc00) + 0x10000 : code
  const codes = known.get(point) ?? codesOf(point)
  // Few enough to keep: characters outside the basic plane come in many kinds.
  if (point <= 0xffff) known.set(point, codes)
  return codes
}

/** By unit: 1 when `isPlainOther`, 2 when not, 0 when not known yet. */
const kinds = new Uint8Array(0x10000)

/** True for a unit beyond ASCII that stands for one character beyond ASCII, which is no white space: most of them. */
export function isPlainOther(code: number): boolean {
  if (kinds[code] === 0) {
    const [first = 0, ...more] = code >= 0xd800 && code <= 0xdfff ? [] : plainCodes(code, 0)
    kinds[code] = first >= 128 && more.length === 0 && !isSpace(first) ? 1 : 2
  }
  return kinds[code] === 1
}

function codesOf(point: number): readonly number[] {
  const { text } = normalizeText(String.fromCodePoint(point))
  return Array.from(text, (character) => Math.min(character.codePointAt(0) ?? 0, 0xfffd))
}

/** True for the code of a white-space character in normal form. */
export function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0x2028 || code === 0x2029
}
