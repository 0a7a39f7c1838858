import type { MappedText } from './mapped-text.ts'
import { MappedTextBuilder } from './mapped-text.ts'
import type { Steps } from './steps.ts'
import { finishSteps } from './steps.ts'

// One escape: HTML entity, percent byte, \uXXXX, \u{X…}, \xXX. Every part is bounded.
const ESCAPE =
  /&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});|(?:%[0-9a-f]{2}){1,64}|\\u\{[0-9a-f]{1,6}\}|\\u[0-9a-f]{4}|(?:\\x[0-9a-f]{2}){1,64}/gi
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  colon: ':',
  comma: ',',
  period: '.',
  excl: '!',
  quest: '?',
  lpar: '(',
  rpar: ')',
  lsqb: '[',
  rsqb: ']',
  num: '#',
  vert: '|',
  newline: '\n',
  tab: '\t',
  sol: '/',
}

const bytesToText = new TextDecoder('utf-8')

/**
 * The text with HTML entities, percent bytes and JavaScript escapes decoded; `undefined` when it has none.
 * One pass: what a decoded escape spells is not decoded again.
 */
export function decodeEscapes(text: string): MappedText | undefined {
  return finishSteps(decodeEscapesInSteps(text))
}

const STEP = 2_000

/** The same, in steps. */
export function* decodeEscapesInSteps(text: string): Steps<MappedText | undefined> {
  if (!/[&%\\]/.test(text)) return undefined
  const builder = new MappedTextBuilder(text)
  let copied = 0
  let seen = 0
  for (const match of text.matchAll(ESCAPE)) {
    seen += 1
    if (seen % STEP === 0) yield
    const plain = decodeOne(match[0])
    if (plain === undefined) continue
    builder.copy(copied, match.index)
    copied = match.index + match[0].length
    builder.replace(plain, match.index, copied)
  }
  if (copied === 0) return undefined
  builder.copy(copied, text.length)
  return builder.build()
}

function decodeOne(sequence: string): string | undefined {
  if (sequence.startsWith('%')) return decodeBytes(sequence.split('%'))
  if (/^\\x/i.test(sequence)) return decodeBytes(sequence.split(/\\x/i))
  if (sequence.startsWith('\\'))
    return fromPoint(Number.parseInt(sequence.replace(/[^0-9a-f]/gi, ''), 16))
  if (!sequence.startsWith('&#')) return NAMED[sequence.slice(1, -1).toLowerCase()]
  const hex = /^&#x/i.test(sequence)
  return fromPoint(Number.parseInt(sequence.slice(hex ? 3 : 2, -1), hex ? 16 : 10))
}

/** The first part is what stands before the first byte: nothing. */
function decodeBytes(parts: readonly string[]): string {
  return bytesToText.decode(Uint8Array.from(parts.slice(1), (byte) => Number.parseInt(byte, 16)))
}

function fromPoint(point: number): string | undefined {
  return Number.isNaN(point) || point > 0x10ffff ? undefined : String.fromCodePoint(point)
}
