import type { JsonScalar } from './json-node.ts'

/** Reads `true`, `false`, `null` or a number at `start` (RFC 8259 §3, §6); `null` when there is none. */
export function scanJsonScalar(source: string, start: number): JsonScalar | null {
  switch (source.charCodeAt(start)) {
    case 0x74:
      return scanWord(source, start, 'true')
    case 0x66:
      return scanWord(source, start, 'false')
    case 0x6e:
      return scanWord(source, start, 'null')
    default:
      return scanNumber(source, start)
  }
}

function scanWord(
  source: string,
  start: number,
  word: 'true' | 'false' | 'null',
): JsonScalar | null {
  return source.startsWith(word, start) ? { kind: word, start, end: start + word.length } : null
}

function scanNumber(source: string, start: number): JsonScalar | null {
  const minus = source.charCodeAt(start) === 0x2d
  const whole = minus ? start + 1 : start
  const leadingZero = source.charCodeAt(whole) === 0x30
  let end = leadingZero ? whole + 1 : digitsEnd(source, whole)
  if (end === whole) return null
  if (source.charCodeAt(end) === 0x2e) {
    const fraction = digitsEnd(source, end + 1)
    if (fraction === end + 1) return null
    end = fraction
  }
  if ((source.charCodeAt(end) | 0x20) === 0x65) {
    const sign = source.charCodeAt(end + 1)
    const digits = sign === 0x2b || sign === 0x2d ? end + 2 : end + 1
    end = digitsEnd(source, digits)
    if (end === digits) return null
  }
  return { kind: 'number', start, end }
}

function digitsEnd(source: string, start: number): number {
  let at = start
  for (let code = source.charCodeAt(at); code >= 0x30 && code <= 0x39; code = source.charCodeAt(at))
    at += 1
  return at
}
