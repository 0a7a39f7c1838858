import { characterKind, kindOfCharacter } from './character-kinds.ts'
import { ChangeList, readChanged } from './excerpt.ts'
import type { MappedText } from './mapped-text.ts'
import type { Span } from './span.ts'
import type { Steps } from './steps.ts'
import { addToHash, emptyHash, isCommonWord, mayBeCommon, mayGoOn } from './vocabulary.ts'

// What each digit or sign may stand for, the likeliest first.
const READINGS: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'il',
  '2': 'z',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '6': 'gb',
  '7': 't',
  '8': 'b',
  '9': 'gq',
  '@': 'a',
  $: 's',
  '!': 'il',
  '|': 'li',
  '+': 't',
  '(': 'c',
  '€': 'e',
  '£': 'l',
  '¢': 'c',
}
/** The first and the second reading of a code unit as code units; 0 where there is none. */
const firstReading = new Uint16Array(0x10000)
const secondReading = new Uint16Array(0x10000)
for (const [sign, [first = '', second]] of Object.entries(READINGS)) {
  firstReading[sign.charCodeAt(0)] = first.charCodeAt(0)
  secondReading[sign.charCodeAt(0)] = second?.charCodeAt(0) ?? 0
}

const MIN_WORD = 2
const MAX_WORD = 40
const MOST_TRIES = 64
const LONGEST_COMMON = 14
const MIN_KNOWN = 2
const MIN_KNOWN_LENGTH = 3
const STEP = 4_096

/**
 * The text with digits and signs inside words read as the letters they imitate; where one may be several letters, as a
 * vocabulary says. `undefined` when fewer than two common words come out: ids and versions hold digits too. Linear.
 */
export function* readLeet(text: string): Steps<MappedText | undefined> {
  if (!(yield* hasLeet(text))) return undefined
  const changes = new ChangeList()
  let pause = STEP
  for (let word = wordFrom(text, 0); word !== undefined; word = wordFrom(text, word.end)) {
    if (word.end > pause) {
      yield
      pause = word.end + STEP
    }
    const plain = readWord(text, word)
    if (plain !== undefined) changes.add(word.start, word.end, plain)
  }
  return yield* readChanged(text, changes)
}

/** Counts before anything is written: most texts with digits in words hold no words written with digits. */
function* hasLeet(text: string): Steps<boolean> {
  let known = 0
  let pause = STEP
  for (let word = wordFrom(text, 0); word !== undefined; word = wordFrom(text, word.end)) {
    if (word.end > pause) {
      yield
      pause = word.end + STEP
    }
    if (word.hasLetter && isKnown(text, word)) known += 1
    if (known === MIN_KNOWN) return true
  }
  return false
}

interface Word extends Span {
  readonly hasLetter: boolean
}

/** The next word of letters, digits and signs, at most 40 of them, that holds a digit or a sign. */
function wordFrom(text: string, from: number): Word | undefined {
  for (let start = from; start < text.length; ) {
    let end = start
    let hasLetter = false
    let hasSign = false
    for (; end < text.length && end - start < MAX_WORD; end++) {
      const code = text.charCodeAt(end)
      if (firstReading[code] !== 0) hasSign = true
      else if (kindOfCharacter(code) === characterKind.letter) hasLetter = true
      else break
    }
    if (hasSign && end - start >= MIN_WORD) return { start, end, hasLetter }
    start = Math.max(end, start + 1)
  }
  return undefined
}

function isKnown(text: string, word: Word): boolean {
  const reading = commonReading(text, word) ?? commonBody(text, bodyOf(text, word))
  return reading !== undefined && reading.length >= MIN_KNOWN_LENGTH
}

function commonBody(text: string, body: Span): string | undefined {
  return holdsSign(text, body) ? commonReading(text, body) : undefined
}

function readWord(text: string, word: Word): string | undefined {
  const whole = commonReading(text, word)
  if (whole !== undefined) return whole
  const body = bodyOf(text, word)
  if (!word.hasLetter || !holdsSign(text, body)) return undefined
  const plain = commonReading(text, body) ?? likeliest(text, body)
  return text.slice(word.start, body.start) + plain + text.slice(body.end, word.end)
}

/** Marks around a word are punctuation. */
function bodyOf(text: string, word: Span): Span {
  let { start, end } = word
  while (start < end && '(+|!'.includes(text.charAt(start))) start += 1
  while (end > start && '(+|!'.includes(text.charAt(end - 1))) end -= 1
  return { start, end }
}

function holdsSign(text: string, { start, end }: Span): boolean {
  for (let index = start; index < end; index++) {
    if (firstReading[text.charCodeAt(index)] !== 0) return true
  }
  return false
}

function likeliest(text: string, { start, end }: Span): string {
  let plain = ''
  for (let index = start; index < end; index++) {
    const code = text.charCodeAt(index)
    plain += String.fromCharCode(firstReading[code] || code)
  }
  return plain
}

// The reading that is tried: one at a time, and never interrupted.
const letters = new Uint16Array(LONGEST_COMMON)
let triesLeft = 0

/** The first reading of a word that is a common word. */
function commonReading(text: string, word: Span): string | undefined {
  const length = word.end - word.start
  if (length === 0 || length > LONGEST_COMMON) return undefined
  triesLeft = MOST_TRIES
  return readOn(text, word, 0, emptyHash)
}

function readOn(text: string, word: Span, length: number, hash: number): string | undefined {
  if (word.start + length === word.end) return mayBeCommon(hash) ? commonOf(length) : undefined
  triesLeft -= 1
  if (triesLeft < 0) return undefined
  const code = text.charCodeAt(word.start + length)
  const lower = code >= 0x41 && code <= 0x5a ? code | 0x20 : code
  const found = readAs(firstReading[code] || lower, text, word, { length, hash })
  const second = secondReading[code] ?? 0
  if (found !== undefined || second === 0) return found
  return readAs(second, text, word, { length, hash })
}

interface Begun {
  readonly length: number
  readonly hash: number
}

function readAs(
  letter: number,
  text: string,
  word: Span,
  { length, hash }: Begun,
): string | undefined {
  const next = addToHash(hash, letter)
  if (!mayGoOn(next)) return undefined
  letters[length] = letter
  return readOn(text, word, length + 1, next)
}

function commonOf(length: number): string | undefined {
  let word = ''
  for (let index = 0; index < length; index++) word += String.fromCharCode(letters[index] ?? 0)
  return isCommonWord(word) ? word : undefined
}
