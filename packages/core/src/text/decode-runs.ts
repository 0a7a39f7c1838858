import type { MappedText } from './mapped-text.ts'
import { MappedTextBuilder } from './mapped-text.ts'

/** Longest piece that is decoded, in characters: more than any prompt needs, little enough to stay cheap. */
const MAX_RUN = 65_536
const MIN_PRINTABLE = 0.9
// Enough to see whether a run is text, before the rest is decoded.
const PROBE = 24

// Binary with separators, hexadecimal with separators, anything written in the base64 alphabet. Each at most about MAX_RUN
// characters at once: the engine's stack does not hold a repetition of millions.
const RUN =
  /(?<![01])[01]{8}(?:[ ,][01]{8}){3,7000}|(?<![0-9a-z])[0-9a-f]{2}(?:[ :,][0-9a-f]{2}){7,21000}|[a-z0-9+/_-]{16,65536}={0,2}/gi
const SEPARATORS = /[ :,]/g
const bytesToText = new TextDecoder('utf-8')

/**
 * What the base64, hexadecimal and binary runs of `text` spell, one under the other, two levels deep;
 * `undefined` when no run spells text (at least 90 % printable). Every decoded run maps to the whole run.
 */
export function decodeRuns(text: string, levels = 2): MappedText | undefined {
  if (!mayHoldRun(text)) return undefined
  const builder = new MappedTextBuilder(text)
  for (const { start, end, plain } of findRuns(text)) {
    const inner = levels > 1 ? decodeRuns(plain, levels - 1) : undefined
    builder.replace(
      inner === undefined ? `${plain}\n\n` : `${plain}\n\n${inner.text}\n\n`,
      start,
      end,
    )
  }
  return builder.length === 0 ? undefined : builder.build()
}

interface DecodedRun {
  readonly start: number
  readonly end: number
  readonly plain: string
}

function findRuns(text: string): DecodedRun[] {
  const runs: DecodedRun[] = []
  for (const match of text.matchAll(RUN)) {
    const plain = decodeRun(match[0])
    if (plain !== undefined) {
      runs.push({ start: match.index, end: match.index + match[0].length, plain })
    }
  }
  return runs
}

const MIN_BASE64 = 16
const MIN_GROUPS = 3

/** A quick look: a long run of the base64 alphabet, or several groups of two or eight characters in a row. */
function mayHoldRun(text: string): boolean {
  let length = 0
  let groups = 0
  for (let index = 0; index < text.length; index++) {
    if ((values[text.charCodeAt(index)] ?? -1) >= 0) {
      length += 1
      if (length === MIN_BASE64) return true
    } else {
      groups = length === 2 || length === 8 ? groups + 1 : 0
      if (groups === MIN_GROUPS) return true
      length = 0
    }
  }
  return false
}

function decodeRun(run: string): string | undefined {
  const digits = run.replace(SEPARATORS, '').replace(/^0x/i, '')
  if (/^[01]+$/.test(digits)) return textOf(digits, (piece) => parseDigits(piece, 8, 2))
  const hex = /^[0-9a-f]+$/i.test(digits)
    ? textOf(digits, (piece) => parseDigits(piece, 2, 16))
    : undefined
  return hex ?? (digits === run ? textOf(run, base64Bytes) : undefined)
}

function textOf(run: string, bytesOf: (piece: string) => Uint8Array): string | undefined {
  if (run.length > PROBE * 4 && !isText(bytesOf(run.slice(0, PROBE)))) return undefined
  const bytes = bytesOf(run.slice(0, MAX_RUN))
  return isText(bytes) ? bytesToText.decode(bytes) : undefined
}

function isText(bytes: Uint8Array): boolean {
  if (bytes.length < 3) return false
  let printable = 0
  const text = bytesToText.decode(bytes)
  for (const character of text) if (PRINTABLE.test(character)) printable += 1
  return printable >= MIN_PRINTABLE * text.length
}

// The replacement character stands for bytes that are no text.
const PRINTABLE = /[\p{L}\p{M}\p{N}\p{P}\p{Sm}\p{Sc}\p{Sk}\s\p{Extended_Pictographic}]/u

function parseDigits(digits: string, width: number, base: number): Uint8Array {
  const bytes = new Uint8Array(Math.floor(digits.length / width))
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = Number.parseInt(digits.slice(index * width, index * width + width), base)
  }
  return bytes
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const values = new Int8Array(128).fill(-1)
for (let index = 0; index < ALPHABET.length; index++) values[ALPHABET.charCodeAt(index)] = index
values['-'.charCodeAt(0)] = 62
values['_'.charCodeAt(0)] = 63

function base64Bytes(run: string): Uint8Array {
  const length = run.replace(/=+$/, '').length
  const bytes = new Uint8Array(Math.floor((length * 6) / 8))
  let buffer = 0
  let bits = 0
  let written = 0
  for (let index = 0; index < length; index++) {
    buffer = ((buffer << 6) | (values[run.charCodeAt(index)] ?? 0)) & 0xffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes[written] = (buffer >> bits) & 0xff
    written += 1
  }
  return bytes
}
