import { isInvisible } from './invisible.ts'
import type { MappedText } from './mapped-text.ts'
import { MappedTextBuilder, unchangedText } from './mapped-text.ts'
import type { Steps } from './steps.ts'
import { finishSteps } from './steps.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: "anything but ASCII" includes its control characters
const NON_ASCII = /[^\x00-\x7f]/

const UNKNOWN = 0
const KEPT = 1
const REMOVED = 2
const REPLACED = 3

// What happens to each BMP code unit, found out on first sight: `normalize` per character is slow.
const fates = new Uint8Array(0x10000)
const replacements = new Map<number, string>()

/**
 * The text as detectors read it: invisible characters removed, every character in its NFKC form (full-width, ligature,
 * circled and mathematical letters and digits become plain ones), with a map to the original's UTF-16 offsets.
 * Plain ASCII comes back as it is. Idempotent; linear. Works character by character: combining marks stay in place.
 */
export function normalizeText(text: string): MappedText {
  return finishSteps(normalizeInSteps(text))
}

const STEP = 8_192

/** The same, in steps. */
export function* normalizeInSteps(text: string): Steps<MappedText> {
  const first = text.search(NON_ASCII)
  if (first < 0) return unchangedText(text)
  const builder = new MappedTextBuilder(text)
  let copied = 0
  let pause = first + STEP
  for (let index = first; index < text.length; ) {
    if (index > pause) {
      yield
      pause = index + STEP
    }
    const code = text.charCodeAt(index)
    if (code < 0x80) {
      index += 1
      continue
    }
    const point = text.codePointAt(index) ?? code
    const width = point > 0xffff ? 2 : 1
    const fate = fateOf(point)
    if (fate !== KEPT) {
      builder.copy(copied, index)
      copied = index + width
      if (fate === REPLACED) builder.replace(replacementOf(point), index, copied)
    }
    index += width
  }
  if (copied === 0) return unchangedText(text)
  builder.copy(copied, text.length)
  return builder.build()
}

// Two Arabic ligatures stand for whole sentences: a text of them would grow eighteen-fold.
const LONGEST_FORM = 6

function fateOf(point: number): number {
  if (point > 0xffff) return decide(point)
  const known = fates[point] ?? UNKNOWN
  if (known !== UNKNOWN) return known
  const fate = decide(point)
  fates[point] = fate
  return fate
}

function decide(point: number): number {
  if (isInvisible(point)) return REMOVED
  // Emoji and rare ideographs: no compatibility form that matters, and `normalize` is slow.
  if (point > 0xffff && !(point >= 0x1d400 && point <= 0x1f1ff)) return KEPT
  const plain = replacementOf(point)
  return plain === String.fromCodePoint(point) || plain.length > LONGEST_FORM ? KEPT : REPLACED
}

function replacementOf(point: number): string {
  const known = replacements.get(point)
  if (known !== undefined) return known
  const character = String.fromCodePoint(point)
  const plain = bracketedLetter(point) ?? character.normalize('NFKC')
  if (plain !== character) replacements.set(point, plain)
  return plain
}

const BRACKETED_SMALL_A = 0x249c
const BRACKETED_CAPITAL_A = 0x1f110

/** `⒜`: a letter, where NFKC makes three characters of it that no word survives. */
function bracketedLetter(point: number): string | undefined {
  for (const [first, letter] of [
    [BRACKETED_SMALL_A, 0x61],
    [BRACKETED_CAPITAL_A, 0x41],
  ] as const) {
    if (point >= first && point < first + 26) return String.fromCharCode(letter + point - first)
  }
  return undefined
}
