import type { Change } from './excerpt.ts'
import { printableText } from './printable-text.ts'
import type { Steps } from './steps.ts'

// Rows of numbers with a little between them. Bounded, for the engine's stack.
const ROW =
  /(?<![\p{L}\p{N}])(?:0x|u\+|\\x|#)?[0-9a-f]{2,8}(?:[ \t\r\n,;:.|-]{1,3}(?:0x|u\+|\\x|#)?[0-9a-f]{2,8}){5,7000}/giu
const NUMBER = /[0-9a-f]{2,8}/gi
const LETTERS = /[\p{L}\s]/gu
const MIN_LETTERS = 0.7
const MAX_POINT = 0x10ffff

interface Notation {
  readonly shape: RegExp
  readonly base: number
}

const notations: readonly Notation[] = [
  { shape: /^[01]{7,8}$/, base: 2 },
  { shape: /^[0-9a-f]{2}$/i, base: 16 },
  { shape: /^00[0-9a-f]{2,6}$/i, base: 16 },
  { shape: /^[0-9]{2,3}$/, base: 10 },
  { shape: /^0?[0-7]{2,3}$/, base: 8 },
]

/** Rows of character codes (binary, hexadecimal, decimal, octal, `U+0041`) that spell words. Linear. */
export function* readCodes(text: string): Steps<Change[]> {
  const changes: Change[] = []
  for (const match of text.matchAll(ROW)) {
    yield
    const plain = spelled(match[0])
    if (plain === undefined) continue
    changes.push({ start: match.index, end: match.index + match[0].length, plain })
  }
  return changes
}

function spelled(row: string): string | undefined {
  const numbers = row.match(NUMBER) ?? []
  for (const { shape, base } of notations) {
    if (!numbers.every((number) => shape.test(number))) continue
    const codes = numbers.map((number) => Number.parseInt(number, base))
    const plain = textOf(codes)
    if (plain !== undefined && (plain.match(LETTERS) ?? []).length >= plain.length * MIN_LETTERS) {
      return plain
    }
  }
  return undefined
}

function textOf(codes: readonly number[]): string | undefined {
  if (codes.every((code) => code <= 0xff)) return printableText(Uint8Array.from(codes))
  if (codes.some((code) => code > MAX_POINT)) return undefined
  return codes.map((code) => String.fromCodePoint(code)).join('')
}
