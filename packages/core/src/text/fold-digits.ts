import type { MappedText } from './mapped-text.ts'
import { unchangedText } from './mapped-text.ts'

const decimalDigit = /\p{Nd}/u
// biome-ignore lint/suspicious/noControlCharactersInRegex: "anything but ASCII" includes its control characters
const nonAscii = /[^\x00-\x7f]/

// What each unit beyond ASCII is, found out on first sight: 0 not known, 1 no digit, 2 and more a digit and its value.
const values = new Uint8Array(0x10000)

/**
 * The text with the decimal digits of other scripts (`١٢٣`, `१२३`) as ASCII: detectors count on those. Offsets stay. Digits
 * beyond U+FFFF that NFKC leaves alone belong to scripts in which nobody writes these numbers.
 */
export function foldDigits(text: string): MappedText {
  const first = text.search(nonAscii)
  if (first < 0) return unchangedText(text)
  const pieces: string[] = []
  let copied = 0
  for (let index = first; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if (unit < 0x80) continue
    const value = values[unit] || learn(unit)
    if (value === 1) continue
    pieces.push(text.slice(copied, index), String(value - 2))
    copied = index + 1
  }
  if (copied === 0) return unchangedText(text)
  const folded = pieces.join('') + text.slice(copied)
  return { ...unchangedText(folded), changed: true }
}

function learn(unit: number): number {
  const value = decimalDigit.test(String.fromCharCode(unit)) ? digitOf(unit) + 2 : 1
  values[unit] = value
  return value
}

/** Unicode keeps the ten digits of a script together, in order, with zero at an offset of 0 or 6 in its column. */
function digitOf(point: number): number {
  const inColumn = point & 0xf
  const zeroAtSix = inColumn >= 6 && !decimalDigit.test(String.fromCharCode(point - inColumn))
  return zeroAtSix ? inColumn - 6 : inColumn
}
