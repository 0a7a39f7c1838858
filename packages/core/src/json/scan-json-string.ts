import type { JsonString } from './json-node.ts'
import type { JsonFault } from './json-syntax-error.ts'

/** What is wrong with a string literal, and where. */
export interface StringFault {
  readonly kind: 'fault'
  readonly code: JsonFault
  readonly detail: string
  readonly at: number
}

const quote = 0x22
const backslash = 0x5c

/**
 * Reads the literal whose opening quote is at `start` (RFC 8259 §7).
 * Half a surrogate pair is a fault unless `loneSurrogates` allows it: a stream may cut a pair in two.
 */
export function scanJsonString(
  source: string,
  start: number,
  loneSurrogates: 'reject' | 'allow',
): JsonString | StringFault {
  let escaped = false
  let at = plainEnd(source, start + 1)
  while (source.charCodeAt(at) === backslash) {
    const length = escapeLength(source, at + 1)
    if (length === 0) return invalid('a wrong escape', at)
    escaped = true
    at = plainEnd(source, at + length)
  }
  if (at >= source.length) return invalid('a string without an end', at)
  if (source.charCodeAt(at) !== quote) return invalid('a control character in a string', at)
  const end = at + 1
  const value = escaped
    ? (JSON.parse(source.slice(start, end)) as string)
    : source.slice(start + 1, at)
  if (loneSurrogates === 'reject' && !isWellFormed(value))
    return { kind: 'fault', code: 'lone_surrogate', detail: 'half of a surrogate pair', at: start }
  return { kind: 'string', start, end, value }
}

/** Where the run of plain characters ends: at a quote, a backslash, a control character or the end of the source. */
function plainEnd(source: string, start: number): number {
  let at = start
  for (;;) {
    const code = source.charCodeAt(at)
    // NaN, behind the end, fails the first comparison
    if (!(code >= 0x20) || code === quote || code === backslash) return at
    at += 1
  }
}

/** ES2024; the configured library is ES2023. */
function isWellFormed(text: string): boolean {
  return (text as string & { isWellFormed(): boolean }).isWellFormed()
}

function invalid(detail: string, at: number): StringFault {
  return { kind: 'fault', code: 'invalid_json', detail, at }
}

/** Length of the escape whose letter is at `at`, the backslash counted; 0 when it is none. */
function escapeLength(source: string, at: number): number {
  switch (source.charCodeAt(at)) {
    case quote:
    case backslash:
    case 0x2f: // /
    case 0x62: // b
    case 0x66: // f
    case 0x6e: // n
    case 0x72: // r
    case 0x74: // t
      return 2
    case 0x75: // u
      return areHex(source, at + 1) ? 6 : 0
    default:
      return 0
  }
}

function areHex(source: string, at: number): boolean {
  for (let index = at; index < at + 4; index += 1) {
    const code = source.charCodeAt(index)
    const digit = code >= 0x30 && code <= 0x39
    const letter = (code | 0x20) >= 0x61 && (code | 0x20) <= 0x66
    if (!digit && !letter) return false
  }
  return true
}
