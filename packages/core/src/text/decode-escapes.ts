import { hexValue } from './hex-value.ts'
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

const STEP = 4_096

/** The same, in steps. */
export function* decodeEscapesInSteps(text: string): Steps<MappedText | undefined> {
  if (!/[&%\\]/.test(text)) return undefined
  const builder = new MappedTextBuilder(text)
  let copied = 0
  let pause = STEP
  for (const match of text.matchAll(ESCAPE)) {
    if (match.index > pause) {
      yield
      pause = match.index + STEP
    }
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
  if (sequence.startsWith('%')) return decodeBytes(sequence, 1)
  if (/^\\x/i.test(sequence)) return decodeBytes(sequence, 2)
  if (sequence.startsWith('\\'))
    return fromPoint(Number.parseInt(sequence.replace(/[^0-9a-f]/gi, ''), 16))
  if (!sequence.startsWith('&#')) return NAMED[sequence.slice(1, -1).toLowerCase()]
  const hex = /^&#x/i.test(sequence)
  return fromPoint(Number.parseInt(sequence.slice(hex ? 3 : 2, -1), hex ? 16 : 10))
}

/** Bytes of two digits, each behind a mark of `width` characters. */
function decodeBytes(sequence: string, width: number): string {
  const bytes = new Uint8Array(sequence.length / (width + 2))
  for (let index = 0; index < bytes.length; index++) {
    const place = index * (width + 2) + width
    const high = hexValue(sequence.charCodeAt(place))
    bytes[index] = high * 16 + hexValue(sequence.charCodeAt(place + 1))
  }
  return bytesToText.decode(bytes)
}

function fromPoint(point: number): string | undefined {
  return Number.isNaN(point) || point > 0x10ffff ? undefined : String.fromCodePoint(point)
}
