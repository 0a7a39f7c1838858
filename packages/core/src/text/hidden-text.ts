import type { MappedText } from './mapped-text.ts'
import { MappedTextBuilder } from './mapped-text.ts'

const TAG_FIRST = 0xe0020
const TAG_LAST = 0xe007e
const TAG_BASE = 0xe0000
const SELECTOR_SUPPLEMENT_FIRST = 0xe0100
const MIN_HIDDEN = 4

/**
 * What the Unicode tag characters and variation selectors of `text` spell, `undefined` when fewer than four do:
 * flags and emoji use them too, but short.
 */
export function decodeHidden(text: string): MappedText | undefined {
  if (!text.includes('\udb40')) return undefined
  const builder = new MappedTextBuilder(text)
  for (let index = 0; index < text.length; index++) {
    const point = text.codePointAt(index) ?? 0
    const width = point > 0xffff ? 2 : 1
    const plain = plainOf(point)
    if (plain !== '') builder.replace(plain, index, index + width)
    index += width - 1
  }
  return builder.length >= MIN_HIDDEN ? builder.build() : undefined
}

function isTag(point: number): boolean {
  return point >= TAG_FIRST && point <= TAG_LAST
}

/** Tag characters copy ASCII; a run of variation selectors can carry bytes 16 to 255 in its supplement. */
function plainOf(point: number): string {
  if (isTag(point)) return String.fromCharCode(point - TAG_BASE)
  const supplement = point - SELECTOR_SUPPLEMENT_FIRST + 16
  if (supplement >= 0x20 && supplement <= 0x7e) return String.fromCharCode(supplement)
  return ''
}
