import { readCodes } from './character-codes.ts'
import type { Change } from './excerpt.ts'
import type { MappedText } from './mapped-text.ts'
import { MappedTextBuilder } from './mapped-text.ts'
import { printableText } from './printable-text.ts'
import type { Steps } from './steps.ts'

/** Longest run that is decoded at once, in characters: more than any prompt needs, little enough to stay cheap. */
const MAX_RUN = 65_536
// Enough to see whether a run is text, before the rest is decoded.
const PROBE = 32
const LEVELS = 2
const MIN_RUN = 16
const MAX_LINES = 2_000

// Anything written in the base64 alphabet, in at most MAX_RUN characters: the engine's stack holds no repetition of millions.
const RUN = /[a-z0-9+/_-]{8,65536}={0,6}/gi
const LINE_END = /[ \t]{0,8}\r?\n[ \t>]{0,8}/y

/**
 * What the encoded runs of `text` spell, one under the other, two levels deep: base64 (also for URLs, without padding, in
 * lines, of UTF-16), base32, hexadecimal, binary, and rows of character codes. `undefined` when nothing spells text
 * (at least 90 % printable). What is decoded maps to the whole run. Linear.
 */
export function* decodeRuns(text: string, levels = LEVELS): Steps<MappedText | undefined> {
  const changes = yield* findRuns(text)
  const builder = new MappedTextBuilder(text)
  for (const { start, end, plain } of changes) {
    builder.replace(`${plain}\n\n`, start, end)
    if (levels === 1) continue
    const inner = yield* decodeRuns(plain, levels - 1)
    if (inner !== undefined) builder.replace(`${inner.text}\n\n`, start, end)
  }
  return builder.length === 0 ? undefined : builder.build()
}

function* findRuns(text: string): Steps<Change[]> {
  const changes: Change[] = []
  let decided = 0
  for (const match of text.matchAll(RUN)) {
    yield
    if (match.index < decided) continue
    const run = { start: match.index, end: match.index + match[0].length }
    const wrapped = linesFrom(text, run)
    const found = (wrapped && decodeBetween(text, wrapped)) ?? decodeBetween(text, run)
    if (found === undefined) continue
    changes.push(found)
    decided = found.end
  }
  const codes = yield* readCodes(text)
  const both = [...changes, ...codes].sort((a, b) => a.start - b.start)
  let end = 0
  return both.filter((one) => {
    if (one.start < end) return false
    end = one.end
    return true
  })
}

interface Run {
  readonly start: number
  readonly end: number
}

/** The run with the lines of the same length that follow, and a shorter last one; `undefined` for a single line. */
function linesFrom(text: string, first: Run): Run | undefined {
  let { end } = first
  const width = first.end - first.start
  for (let lines = 1; lines < MAX_LINES; lines++) {
    LINE_END.lastIndex = end
    const gap = LINE_END.exec(text)?.[0].length ?? 0
    if (gap === 0) break
    const start = end + gap
    const stop = endOfLine(text, start, width)
    if (stop === start || isBase64(text.charCodeAt(stop))) break
    end = stop
    if (stop - start < width) break
  }
  return end === first.end ? undefined : { start: first.start, end }
}

function endOfLine(text: string, start: number, width: number): number {
  let stop = start
  while (stop - start < width && isBase64(text.charCodeAt(stop))) stop += 1
  while (stop - start < width && text[stop] === '=') stop += 1
  return stop
}

function decodeBetween(text: string, { start, end }: Run): Change | undefined {
  const run = text.slice(start, end).replace(/[\s>]+/g, '')
  if (end - start < MIN_RUN && run.length < MIN_RUN) return undefined
  const plain = decodeRun(run)
  return plain === undefined ? undefined : { start, end, plain }
}

function decodeRun(run: string): string | undefined {
  const digits = run.replace(/^0x/i, '')
  if (/^[01]+$/.test(digits)) return textOf(digits, (piece) => parseDigits(piece, 8, 2))
  if (/^[0-9a-f]+$/i.test(digits)) {
    const plain = textOf(digits, (piece) => parseDigits(piece, 2, 16))
    if (plain !== undefined) return plain
  }
  const base32 = /^(?:[A-Z2-7]+|[a-z2-7]+)=*$/.test(run) ? textOf(run, base32Bytes) : undefined
  return base32 ?? textOf(run, base64Bytes)
}

function textOf(run: string, bytesOf: (piece: string) => Uint8Array): string | undefined {
  if (run.length > PROBE * 4 && printableText(bytesOf(run.slice(0, PROBE))) === undefined) {
    return undefined
  }
  return printableText(bytesOf(run.slice(0, MAX_RUN)))
}

function parseDigits(digits: string, width: number, base: number): Uint8Array {
  const bytes = new Uint8Array(Math.floor(digits.length / width))
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = Number.parseInt(digits.slice(index * width, index * width + width), base)
  }
  return bytes
}

const base64Values = alphabet('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/')
base64Values['-'.charCodeAt(0)] = 62
base64Values['_'.charCodeAt(0)] = 63
const base32Values = alphabet('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')
for (let code = 0x61; code <= 0x7a; code++) base32Values[code] = code - 0x61

function alphabet(characters: string): Int8Array {
  const values = new Int8Array(128).fill(-1)
  for (let index = 0; index < characters.length; index++)
    values[characters.charCodeAt(index)] = index
  return values
}

function isBase64(code: number): boolean {
  return (base64Values[code] ?? -1) >= 0
}

function base64Bytes(run: string): Uint8Array {
  return unpack(run.replace(/=+$/, ''), base64Values, 6)
}

function base32Bytes(run: string): Uint8Array {
  return unpack(run.replace(/=+$/, ''), base32Values, 5)
}

function unpack(run: string, values: Int8Array, width: number): Uint8Array {
  const bytes = new Uint8Array(Math.floor((run.length * width) / 8))
  let buffer = 0
  let bits = 0
  let written = 0
  for (let index = 0; index < run.length; index++) {
    buffer = ((buffer << width) | (values[run.charCodeAt(index)] ?? 0)) & 0xffff
    bits += width
    if (bits < 8) continue
    bits -= 8
    bytes[written] = (buffer >> bits) & 0xff
    written += 1
  }
  return bytes
}
