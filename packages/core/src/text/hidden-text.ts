import type { MappedText } from './mapped-text.ts'
import { MappedTextBuilder } from './mapped-text.ts'
import type { Steps } from './steps.ts'

const TAG_FIRST = 0xe0020
const TAG_LAST = 0xe007e
const TAG_BASE = 0xe0000
const SELECTOR_SUPPLEMENT_FIRST = 0xe0100
const FIRST_UNIT = 0xdb40
const MIN_HIDDEN = 4
const STEP = 8_192

/**
 * What the Unicode tag characters and variation selectors of `text` spell, `undefined` when fewer than four do:
 * flags and emoji use them too, but short.
 */
export function* decodeHidden(text: string): Steps<MappedText | undefined> {
  const first = text.indexOf('\udb40')
  if (first < 0) return undefined
  const builder = new MappedTextBuilder(text)
  for (let index = first; index < text.length; index++) {
    if ((index - first) % STEP === STEP - 1) yield
    if (text.charCodeAt(index) !== FIRST_UNIT) continue
    const plain = plainOf(text.codePointAt(index) ?? 0)
    if (plain !== '') builder.replace(plain, index, index + 2)
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
