import { confusables } from './confusables.ts'
import type { MappedText } from './mapped-text.ts'
import { composeMapped, MappedTextBuilder, unchangedText } from './mapped-text.ts'
import { normalizeInSteps } from './normalize.ts'
import type { Steps } from './steps.ts'
import { finishSteps } from './steps.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: "anything but ASCII" includes its control characters
const NON_ASCII = /[^\x00-\x7f]/
// Letters and marks of one word; a word is folded or kept whole. Bounded, so that one word is a short step.
const WORD = /[\p{L}\p{M}]{1,2000}/gu
const LATIN = /[a-z]/i
// What is neither a Latin letter that accents may decorate nor a mark.
const STRANGE =
  /[^\p{Script=Latin}\p{M}]|[\u0180-\u024f\u0250-\u02af\u1d00-\u1d7f\ua720-\ua7ff\uab30-\uab6f]/u
const OTHER_SCRIPT = /[^\p{Script=Latin}\p{M}]/u
const UPPER_OFFSET = 0x20
// Greek and Cyrillic.
const ALPHABETS_FIRST = 0x370
const ALPHABETS_LAST = 0x52f
// Marks that decorate letters. Vowel signs of other scripts are letters' parts and stay.
const DECORATIONS = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/g
const SPECIAL: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  đ: 'd',
  ł: 'l',
  ı: 'i',
  æ: 'ae',
  œ: 'oe',
  ð: 'd',
  þ: 'th',
  '‘': "'",
  '’': "'",
  ʼ: "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
  '‐': '-',
  '‑': '-',
  '−': '-',
  '\u2800': ' ',
}

const folded = new Map<number, string>()

/** How a text is folded; both default to true. */
export interface FoldOptions {
  /** Read letters of other scripts that look Latin as Latin, in words that mix scripts or stand in Latin text. */
  readonly homoglyphs?: boolean
}

/**
 * The text in the form that words are compared in: normalised, lower case, without accents, typographic quotes and
 * dashes made plain, look-alike letters made Latin. Maps back to the offsets of `text`. Linear.
 */
export function foldText(text: string, options: FoldOptions = {}): MappedText {
  return finishSteps(foldInSteps(text, options))
}

const STEP = 4_096

/** The same, in steps. */
export function* foldInSteps(text: string, options: FoldOptions = {}): Steps<MappedText> {
  if (!NON_ASCII.test(text)) return lowerAscii(text)
  const normal = yield* normalizeInSteps(text)
  if (!NON_ASCII.test(normal.text)) return composeMapped(normal, lowerAscii(normal.text))
  yield
  // Before lower case: capitals look like other letters than their small forms.
  const latin =
    options.homoglyphs === false
      ? normal
      : composeMapped(normal, yield* foldHomoglyphs(normal.text))
  return composeMapped(latin, yield* foldLetters(latin.text))
}

function lowerAscii(text: string): MappedText {
  const lower = text.toLowerCase()
  // Same length, so every offset maps to itself.
  return { ...unchangedText(lower), changed: lower !== text }
}

function* foldLetters(text: string): Steps<MappedText> {
  const builder = new MappedTextBuilder(text)
  let copied = 0
  let changed = false
  let pause = STEP
  for (let index = 0; index < text.length; ) {
    if (index > pause) {
      yield
      pause = index + STEP
    }
    const point = text.codePointAt(index) ?? 0
    const width = point > 0xffff ? 2 : 1
    const plain = isStray(text, index, point) ? '' : foldPoint(point)
    if (plain !== undefined) {
      changed = true
      builder.copy(copied, index)
      copied = index + width
      builder.replace(plain, index, copied)
    }
    index += width
  }
  if (!changed) return unchangedText(text)
  builder.copy(copied, text.length)
  return builder.build()
}

/** What a code point folds to, `undefined` when to itself. */
function foldPoint(point: number): string | undefined {
  if (point < 0x80) return point >= 0x41 && point <= 0x5a ? ASCII_LOWER[point - 0x41] : undefined
  const known = folded.get(point)
  if (known !== undefined) return known === SAME ? undefined : known
  const character = String.fromCodePoint(point)
  const plain = foldCharacter(character, point)
  folded.set(point, plain === character ? SAME : plain)
  return plain === character ? undefined : plain
}

/** A mark of another script, an enclosing one, or one on top of marks, on a Latin letter or a sign: it only blurs that. */
function isStray(text: string, index: number, point: number): boolean {
  if (point < 0x300 || !isMark(point)) return false
  let base = index - 1
  const nearest = Math.max(0, index - MOST_MARKS)
  while (base > nearest && isMark(text.charCodeAt(base))) base -= 1
  const under = text.charAt(base)
  return LATIN.test(under) || /[\s!-@]/.test(under)
}

const MARK = /\p{M}/u
const MOST_MARKS = 32
const NO_MARK = 1
const IS_MARK = 2
// Found out on first sight.
const marks = new Uint8Array(0x10000)

function isMark(point: number): boolean {
  if (point > 0xffff) return MARK.test(String.fromCodePoint(point))
  if (marks[point] === 0) marks[point] = MARK.test(String.fromCharCode(point)) ? IS_MARK : NO_MARK
  return marks[point] === IS_MARK
}

const SAME = '\u0000'
const ASCII_LOWER = [...'abcdefghijklmnopqrstuvwxyz']
const REGIONAL_INDICATOR_A = 0x1f1e6
const NEGATIVE_CIRCLED_A = 0x1f150
const NEGATIVE_SQUARED_A = 0x1f170

function foldCharacter(character: string, point: number): string {
  for (const first of [REGIONAL_INDICATOR_A, NEGATIVE_CIRCLED_A, NEGATIVE_SQUARED_A]) {
    if (point >= first && point < first + 26) return ASCII_LOWER[point - first] ?? ''
  }
  const lower = character.toLowerCase()
  // Decomposing would take Hangul and Indic syllables apart.
  const bare = point < 0x2100 || (point >= 0xfe20 && point <= 0xfe2f) ? undecorated(lower) : lower
  return SPECIAL[bare] ?? bare
}

function undecorated(lower: string): string {
  return lower.normalize('NFD').replace(DECORATIONS, '').normalize('NFC')
}

function* foldHomoglyphs(text: string): Steps<MappedText> {
  const latinText = isMostlyLatin(text)
  const builder = new MappedTextBuilder(text)
  let copied = 0
  let pause = STEP
  for (const match of text.matchAll(WORD)) {
    if (match.index > pause) {
      yield
      pause = match.index + STEP
    }
    const word = match[0]
    const latin = STRANGE.test(word) ? latinForm(word, latinText) : undefined
    if (latin === undefined) continue
    builder.copy(copied, match.index)
    copied = match.index
    for (const character of word) {
      const next = copied + character.length
      builder.replace(confusables.get(character) ?? character, copied, next)
      copied = next
    }
  }
  if (copied === 0) return unchangedText(text)
  builder.copy(copied, text.length)
  return builder.build()
}

/** `word` in Latin letters, `undefined` when it is a word of its own script or holds no look-alike. */
function latinForm(word: string, latinText: boolean): string | undefined {
  if (!latinText && !LATIN.test(word)) return undefined
  let latin = ''
  for (const character of word) latin += confusables.get(character) ?? character
  if (latin === word) return undefined
  return LATIN.test(word) || !OTHER_SCRIPT.test(latin) ? latin : undefined
}

/** True unless Greek and Cyrillic letters are more than twice as many as Latin ones. */
function isMostlyLatin(text: string): boolean {
  let latin = 0
  let other = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    const lower = code | UPPER_OFFSET
    if (lower >= 0x61 && lower <= 0x7a) latin += 1
    else if (code >= ALPHABETS_FIRST && code <= ALPHABETS_LAST) other += 1
  }
  return latin * 2 >= other
}
