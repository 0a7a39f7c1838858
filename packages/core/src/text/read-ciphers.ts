import { around } from './excerpt.ts'
import type { MappedText } from './mapped-text.ts'
import { MappedTextBuilder } from './mapped-text.ts'
import { endOfPiece, endOfWords } from './pieces.ts'
import { backwards, reverseText } from './reversed-text.ts'
import type { Span } from './span.ts'
import type { Steps } from './steps.ts'
import { isCommonWord } from './vocabulary.ts'

/** A cipher that was found, and the text read by it. */
export interface Deciphered {
  readonly name: 'rotated' | 'reversed'
  readonly mapped: MappedText
}

// Per thousand letters of English, a to z.
const FREQUENCIES = [
  82, 15, 28, 43, 127, 22, 20, 61, 70, 2, 8, 40, 24, 67, 75, 19, 1, 60, 63, 91, 28, 10, 24, 2, 20,
  1,
]
const weights = FREQUENCIES.map(Math.log)
const LETTERS = 26
// Enough to see what a text is.
const SAMPLE = 480
const SAMPLE_WORDS = 64
const TRIED_SHIFTS = 2
const MIN_KNOWN = 2
const MIN_KNOWN_SHARE = 0.2
const MIN_WORD = 3

/**
 * `text` read with its letters moved along the alphabet (ROT13 and the other Caesar shifts), mirrored in it (Atbash), or
 * backwards (whole, word by word, upside down), where common words come out of the `strange` stretch. Linear.
 */
export function* readCiphers(text: string, strange: Span): Steps<Deciphered[]> {
  const sample = text.slice(strange.start, Math.min(strange.end, strange.start + SAMPLE))
  const found: Deciphered[] = []
  const { from, to } = around(text, strange.start, strange.end)
  const part = { start: from, end: to }
  for (const letters of likelyAlphabets(sample)) {
    if (!isReadable(substitute(sample, letters))) continue
    const read = (piece: string): string => substitute(piece, letters)
    found.push({ name: 'rotated', mapped: yield* readPieces(text, part, endOfPiece, read) })
    break
  }
  yield
  if (isReadable(backwards(sample))) {
    found.push({ name: 'reversed', mapped: yield* reverseText(text, part) })
  }
  yield
  if (isReadable(turned(sample))) {
    found.push({ name: 'reversed', mapped: yield* reverseText(text, part, turned) })
  }
  yield
  if (isReadable(reverseWords(sample))) {
    found.push({
      name: 'reversed',
      mapped: yield* readPieces(text, part, endOfWords, reverseWords),
    })
  }
  return found
}

/** A part of the text, each piece read by `read`, which keeps its length. */
function* readPieces(
  text: string,
  { start, end }: Span,
  endOf: typeof endOfPiece,
  read: (piece: string) => string,
): Steps<MappedText> {
  const builder = new MappedTextBuilder(text)
  for (let from = start; from < end; ) {
    yield
    const to = endOf(text, from, end)
    builder.replace(read(text.slice(from, to)), from, to)
    from = to
  }
  return builder.build()
}

/** What each letter stands for under the shifts that make the sample look most like English, and mirrored. */
function likelyAlphabets(sample: string): string[] {
  const counts = new Array<number>(LETTERS).fill(0)
  for (let index = 0; index < sample.length; index++) {
    const place = (sample.charCodeAt(index) | 0x20) - 0x61
    if (place >= 0 && place < LETTERS) counts[place] = (counts[place] ?? 0) + 1
  }
  const fit = (shift: number): number =>
    counts.reduce((sum, count, place) => sum + count * (weights[(place + shift) % LETTERS] ?? 0), 0)
  // Other languages are strange as well, but look most like English as they are.
  const asItIs = fit(0)
  const shifts = Array.from({ length: LETTERS - 1 }, (_, index) => index + 1)
    .map((shift) => ({ shift, fit: fit(shift) }))
    .filter((one) => one.fit > asItIs)
    .sort((a, b) => b.fit - a.fit)
    .slice(0, TRIED_SHIFTS)
  return [...shifts.map(({ shift }) => ALPHABET.slice(shift) + ALPHABET.slice(0, shift)), MIRRORED]
}

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz'
const MIRRORED = backwards(ALPHABET)

function substitute(text: string, letters: string): string {
  const upper = letters.toUpperCase()
  return text.replace(/[a-z]+/gi, (word) => {
    let read = ''
    for (let index = 0; index < word.length; index++) {
      const code = word.charCodeAt(index)
      read += (code >= 0x61 ? letters[code - 0x61] : upper[code - 0x41]) ?? ''
    }
    return read
  })
}

/** True when most of the first words are common ones. */
function isReadable(sample: string): boolean {
  const words = sample.toLowerCase().match(/[a-z]+/g) ?? []
  const long = words.filter((word) => word.length >= MIN_WORD).slice(0, SAMPLE_WORDS)
  const known = long.filter(isCommonWord).length
  return known >= MIN_KNOWN && known >= long.length * MIN_KNOWN_SHARE
}

function reverseWords(text: string): string {
  return text.replace(/\p{L}{2,}/gu, backwards)
}

// A page that lies on its head: these letters imitate turned ones, the others turn into each other.
const UPSIDE_DOWN = 'ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹsʇnʌʍxʎz'
const upsideDown = new Map([...UPSIDE_DOWN].map((letter, place) => [letter, ALPHABET[place] ?? '']))
for (const [letter, plain] of ['∀A', 'ƎE', '˥L', '⅄Y', 'ıi', 'ᵷg', 'ᴚR', '┴T', 'ƖI'].map((pair) => [
  ...pair,
])) {
  upsideDown.set(letter ?? '', plain ?? '')
}

/** Letters turned back; the text is still to be read from its end. Keeps the length. */
function turned(text: string): string {
  if (!/[ɐɔǝɟƃɥᴉɾʞɯɹʇʌʍʎ]/.test(text)) return ''
  return backwards(text.replace(/[^\s]/g, (letter) => upsideDown.get(letter) ?? letter))
}
