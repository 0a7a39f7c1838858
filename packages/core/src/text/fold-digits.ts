import type { MappedText } from './mapped-text.ts'
import { unchangedText } from './mapped-text.ts'

const decimalDigit = /\p{Nd}/u
// Digits beyond U+FFFF that NFKC leaves alone belong to scripts in which nobody writes these numbers.
const otherDigits = /(?![0-9])[\0-\uffff]/g

/** The text with the decimal digits of other scripts (`١٢٣`, `१२३`) as ASCII: detectors count on those. Offsets stay. */
export function foldDigits(text: string): MappedText {
  if (!hasOtherDigit.test(text)) return unchangedText(text)
  const folded = text.replace(otherDigits, (character) => {
    const point = character.charCodeAt(0)
    return point > 0x7f && decimalDigit.test(character) ? String(digitOf(point)) : character
  })
  return { ...unchangedText(folded), changed: true }
}

const hasOtherDigit = /(?![0-9])\p{Nd}/u

/** Unicode keeps the ten digits of a script together, in order, with zero at an offset of 0 or 6 in its column. */
function digitOf(point: number): number {
  const inColumn = point & 0xf
  const zeroAtSix = inColumn >= 6 && !decimalDigit.test(String.fromCharCode(point - inColumn))
  return zeroAtSix ? inColumn - 6 : inColumn
}
