import { characterKind, isTokenAt, kindOfCharacter } from './character-kinds.ts'
import { ChangeList } from './excerpt.ts'
import { hexValue } from './hex-value.ts'
import { printableText } from './printable-text.ts'
import type { Steps } from './steps.ts'

const MIN_NUMBERS = 6
const MAX_NUMBERS = 7_000
const MIN_DIGITS = 2
const MAX_DIGITS = 8
const LONGEST_GAP = 3
const MIN_LETTERS = 0.7
const MAX_POINT = 0x10ffff
const STEP = 8_192
const SEPARATORS = ' \t\r\n,;:.|-'

// How a number may be written; a row is read in the ways that all of its numbers allow.
const BINARY = 1
const HEX_PAIR = 2
const HEX_POINT = 4
const DECIMAL = 8
const OCTAL = 16
const bases: readonly (readonly [notation: number, base: number])[] = [
  [BINARY, 2],
  [HEX_PAIR, 16],
  [HEX_POINT, 16],
  [DECIMAL, 10],
  [OCTAL, 8],
]

// The digits of the row that is read: one at a time, and never interrupted.
const starts = new Int32Array(MAX_NUMBERS)
const ends = new Int32Array(MAX_NUMBERS)

/** Rows of character codes (binary, hexadecimal, decimal, octal, `U+0041`) that spell words. Linear. */
export function* readCodes(text: string): Steps<ChangeList> {
  const changes = new ChangeList()
  let pause = STEP
  for (let index = 0; index < text.length; ) {
    if (index > pause) {
      yield
      pause = index + STEP
    }
    const count = readRow(text, index)
    const end = count === 0 ? index : (ends[count - 1] ?? index)
    if (count >= MIN_NUMBERS) {
      const plain = spelled(text, count)
      if (plain !== undefined) changes.add(index, end, plain)
    }
    index = count === 0 ? nextPlace(text, index) : end
  }
  return changes
}

/** Where the next number may begin. */
function nextPlace(text: string, from: number): number {
  let index = from
  if (!isTokenAt(text, index)) return index + 1
  while (index - from < STEP && isTokenAt(text, index)) index += 1
  return index
}

/** Reads the numbers from `start` on; returns how many. */
function readRow(text: string, start: number): number {
  let count = 0
  for (let index = start; count < MAX_NUMBERS; count++) {
    const first = index + prefixAt(text, index)
    const end = endOfDigits(text, first)
    if (end - first < MIN_DIGITS || isTokenAt(text, end)) break
    starts[count] = first
    ends[count] = end
    index = end
    while (index - end < LONGEST_GAP && SEPARATORS.includes(text.charAt(index))) {
      if (index >= text.length) return count + 1
      index += 1
    }
    if (index === end) return count + 1
  }
  return count
}

/** Length of `0x`, `U+`, `\x` or `#` at `index`. */
function prefixAt(text: string, index: number): number {
  const first = text.charAt(index)
  if (first === '#') return 1
  const second = text.charAt(index + 1)
  const isX = second === 'x' || second === 'X'
  if ((first === '0' || first === '\\') && isX) return 2
  return (first === 'U' || first === 'u') && second === '+' ? 2 : 0
}

function endOfDigits(text: string, start: number): number {
  let end = start
  while (end - start < MAX_DIGITS && hexValue(text.charCodeAt(end)) >= 0) end += 1
  return end
}

/** What the numbers of the row spell, in the first way of writing them that gives mostly letters. */
function spelled(text: string, count: number): string | undefined {
  let allowed = BINARY | HEX_PAIR | HEX_POINT | DECIMAL | OCTAL
  for (let number = 0; number < count && allowed !== 0; number++) {
    allowed &= notationsOf(text, starts[number] ?? 0, ends[number] ?? 0)
  }
  for (const [notation, base] of bases) {
    if ((allowed & notation) === 0) continue
    const plain = textOf(codesOf(text, count, base))
    if (plain !== undefined && isMostlyLetters(plain)) return plain
  }
  return undefined
}

function notationsOf(text: string, start: number, end: number): number {
  const length = end - start
  let highest = 0
  for (let index = start; index < end; index++) {
    highest = Math.max(highest, hexValue(text.charCodeAt(index)))
  }
  const isShort = length === 2 || length === 3
  let notations = length === 2 ? HEX_PAIR : 0
  if (length >= 4 && text.startsWith('00', start)) notations |= HEX_POINT
  if (highest < 10 && isShort) notations |= DECIMAL
  if (highest < 8 && (isShort || (length === 4 && text.charAt(start) === '0'))) notations |= OCTAL
  if (highest < 2 && (length === 7 || length === 8)) notations |= BINARY
  return notations
}

function codesOf(text: string, count: number, base: number): Int32Array {
  const codes = new Int32Array(count)
  for (let number = 0; number < count; number++) {
    const end = ends[number] ?? 0
    let code = 0
    for (let index = starts[number] ?? 0; index < end; index++) {
      code = code * base + hexValue(text.charCodeAt(index))
    }
    codes[number] = code
  }
  return codes
}

function textOf(codes: Int32Array): string | undefined {
  let highest = 0
  for (const code of codes) highest = Math.max(highest, code)
  if (highest <= 0xff) return printableText(Uint8Array.from(codes))
  if (highest > MAX_POINT) return undefined
  let text = ''
  for (const code of codes) text += String.fromCodePoint(code)
  return text
}

function isMostlyLetters(plain: string): boolean {
  let letters = 0
  for (let index = 0; index < plain.length; index++) {
    const kind = kindOfCharacter(plain.charCodeAt(index))
    if (kind === characterKind.letter || kind === characterKind.space) letters += 1
  }
  return letters >= plain.length * MIN_LETTERS
}
