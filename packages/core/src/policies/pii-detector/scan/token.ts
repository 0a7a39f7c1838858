import { decodeEscapes } from '../../../text/decode-escapes.ts'
import { readable } from '../../../text/readings.ts'

/** A stretch of a text without white space, as the detectors read it. */
export interface Token {
  /** Without invisible characters, in normal form, escapes decoded. */
  readonly text: string
  /** It holds escapes: what it spells may be cut differently from how it looks. */
  readonly escaped: boolean
}

/** Signs that a token holds, as bits. */
export const sign = {
  upper: 1,
  digit: 2,
  /** `@` */
  at: 4,
  /** What begins an escape. */
  escape: 8,
  /** Not ASCII: only its normal form says what it is. */
  other: 16,
  colon: 32,
  /** White space: ends a token. */
  space: 64,
  /** Says something about where the text may be cut. */
  mark: 128,
} as const

const signs = new Uint8Array(128)
for (const character of '"/,;<>{}|\'`?#') signs[character.charCodeAt(0)] = sign.mark
for (const character of ' \t\n\r\v\f') signs[character.charCodeAt(0)] = sign.space
for (let code = 65; code <= 90; code += 1) signs[code] = sign.upper
for (let code = 48; code <= 57; code += 1) signs[code] = sign.digit
signs['@'.charCodeAt(0)] = sign.at
signs[':'.charCodeAt(0)] = sign.colon
for (const character of '&%\\') signs[character.charCodeAt(0)] = sign.escape

/** The signs of one UTF-16 unit. */
export function signsOf(code: number): number {
  return code < 128 ? (signs[code] ?? 0) : sign.other | sign.mark
}

/** Reads a token with the signs its units have. */
export function readToken(written: string, seen: number): Token {
  const plain = (seen & sign.other) === 0 ? written : readable(written).text
  const decoded = (seen & sign.escape) === 0 ? undefined : decodeEscapes(plain)
  if (decoded === undefined) return { text: plain, escaped: false }
  return { text: readable(decoded.text).text, escaped: true }
}

/** The signs of a token after reading: `other` has become what it stands for. */
export function signsRead({ text, escaped }: Token, seen: number): number {
  if ((seen & sign.other) === 0 && !escaped) return seen
  let read = seen & ~sign.other
  if (/\p{Lu}/u.test(text)) read |= sign.upper
  if (/\p{N}/u.test(text)) read |= sign.digit
  if (text.includes('@')) read |= sign.at
  return text.includes(':') ? read | sign.colon : read
}
