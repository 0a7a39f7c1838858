import { printableText } from './printable-text.ts'

// Enough to see whether a run is text, before the rest is decoded.
const PROBE = 32

// What a run may be written in; a run is read in what all of its characters allow.
const BINARY = 1
const HEX = 2
const UPPER_BASE32 = 4
const LOWER_BASE32 = 8

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const HEX_DIGITS = '0123456789ABCDEF'
const base64Values = alphabet(BASE64)
base64Values['-'.charCodeAt(0)] = 62
base64Values['_'.charCodeAt(0)] = 63
const base32Values = inBothCases(BASE32)
const hexValues = inBothCases(HEX_DIGITS)
const notations = new Uint8Array(128)
note('01', BINARY)
note(HEX_DIGITS + HEX_DIGITS.toLowerCase(), HEX)
note(BASE32, UPPER_BASE32)
note(BASE32.toLowerCase(), LOWER_BASE32)

function alphabet(characters: string): Int8Array {
  const values = new Int8Array(128).fill(-1)
  for (let index = 0; index < characters.length; index++) {
    values[characters.charCodeAt(index)] = index
  }
  return values
}

function inBothCases(characters: string): Int8Array {
  const values = alphabet(characters)
  for (let code = 0x41; code <= 0x5a; code++) values[code | 0x20] = values[code] ?? -1
  return values
}

function note(characters: string, notation: number): void {
  for (const character of characters) {
    const code = character.charCodeAt(0)
    notations[code] = (notations[code] ?? 0) | notation
  }
}

/** True for a character of the base64 alphabet, or of the one for URLs. */
export function isBase64(code: number): boolean {
  return (base64Values[code] ?? -1) >= 0
}

/**
 * What characters of the base64 alphabet spell as binary, hexadecimal, base32 or base64; `undefined` when in none of them at
 * least 90 % could be printed.
 */
export function decodeRun(run: Uint8Array): string | undefined {
  const prefixed = run[0] === 0x30 && ((run[1] ?? 0) | 0x20) === 0x78
  const digits = prefixed ? run.subarray(2) : run
  let allowed = BINARY | HEX | UPPER_BASE32 | LOWER_BASE32
  for (let index = 0; index < digits.length && allowed !== 0; index++) {
    allowed &= notations[digits[index] ?? 0] ?? 0
  }
  if (digits.length > 0 && allowed & BINARY) return textOf(digits, hexValues, 1)
  const hex = allowed & HEX ? textOf(digits, hexValues, 4) : undefined
  if (hex !== undefined) return hex
  const isBase32 = !prefixed && (allowed & (UPPER_BASE32 | LOWER_BASE32)) !== 0
  return (isBase32 ? textOf(run, base32Values, 5) : undefined) ?? textOf(run, base64Values, 6)
}

/** True when the first characters of a run look like text: most runs are none. */
export function mayBeText(run: Uint8Array): boolean {
  return decodeRun(run.subarray(0, PROBE)) !== undefined
}

function textOf(run: Uint8Array, values: Int8Array, width: number): string | undefined {
  if (run.length > PROBE * 4) {
    const beginning = unpack(run.subarray(0, PROBE), values, width)
    if (printableText(beginning) === undefined) return undefined
  }
  return printableText(unpack(run, values, width))
}

function unpack(run: Uint8Array, values: Int8Array, width: number): Uint8Array {
  const bytes = new Uint8Array(Math.floor((run.length * width) / 8))
  let buffer = 0
  let bits = 0
  let written = 0
  for (let index = 0; index < run.length; index++) {
    buffer = ((buffer << width) | (values[run[index] ?? 0] ?? 0)) & 0xffff
    bits += width
    if (bits < 8) continue
    bits -= 8
    bytes[written] = (buffer >> bits) & 0xff
    written += 1
  }
  return bytes
}
