import type { Span } from './span.ts'
import type { Steps } from './steps.ts'
import { addToHash, emptyHash, mayBeCommon } from './vocabulary.ts'

/** What one quick look at a text shows: which readings are worth making. */
export interface Triggers {
  /** A long run of the base64 alphabet, or lines of it. */
  readonly runs: boolean
  /** Many short groups with digits in a row: character codes. */
  readonly numbers: boolean
  /** Digits or signs inside words. */
  readonly leet: boolean
  /** Several single letters in a row. */
  readonly spaced: boolean
  /** Where words stand that are no common words; from the first such stretch to the end of the last. */
  readonly strange: Span | undefined
}

const LETTER = 1
const DIGIT = 2
const SIGN = 4
const BASE64 = 8
const NEWLINE = 32
const TOKEN = LETTER | DIGIT

const kinds = new Uint8Array(128)
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code)
  let kind = 0
  if (/[a-z]/i.test(character)) kind |= LETTER | BASE64
  if (/\d/.test(character)) kind |= DIGIT | BASE64
  if ('@$!|+'.includes(character)) kind |= SIGN
  if ('+/-_'.includes(character)) kind |= BASE64
  if (character === '\n') kind |= NEWLINE
  kinds[code] = kind
}

const RETURN = 0x0d
const PIECE = 8_192
const MIN_RUN = 16
const MIN_LINE = 8
const MIN_LINES = 2
const MIN_GROUPS = 6
const LONGEST_GROUP = 9
const MIN_LEET = 2
const MIN_SINGLES = 5
const LONGEST_GAP = 8
const MIN_STRANGE = 3
// Shorter ones are words in some language.
const MIN_WORD = 3

/** One pass over the text, a few nanoseconds for a character. */
export function* findTriggers(text: string): Steps<Triggers> {
  const look = new Look()
  for (let from = 0; from < text.length; from += PIECE) {
    if (from > 0) yield
    look.read(text, from, Math.min(text.length, from + PIECE))
  }
  look.finish(text.length)
  return look
}

class Look implements Triggers {
  runs = false
  numbers = false
  spaced = false
  strange: Span | undefined
  #leet = 0
  // The token that is being read.
  #length = 0
  #hash = emptyHash
  #letters = 0
  #signs = 0
  #gap = 0
  #singles = 0
  #groups = 0
  // The run of the base64 alphabet, and the lines before that were nothing else.
  #run = 0
  #lines = 0
  // Words that are no common ones, less the common ones between them.
  #odd = 0
  #oddFrom = 0
  #start = 0

  get leet(): boolean {
    return this.#leet >= MIN_LEET
  }

  read(text: string, from: number, to: number): void {
    for (let index = from; index < to; index++) {
      const code = text.charCodeAt(index)
      const kind = code < 128 ? (kinds[code] ?? 0) : LETTER
      if (kind & BASE64) this.#run += 1
      else if (code !== RETURN && (this.#run > 0 || kind & NEWLINE)) this.#endRun(kind)
      if (kind & TOKEN) this.#token(code, kind, index)
      else this.#separator(kind, index)
    }
  }

  #token(code: number, kind: number, index: number): void {
    if (this.#length === 0) this.#start = index
    this.#length += 1
    if (kind & LETTER) this.#letter(code)
    else this.#signs += 1
  }

  #separator(kind: number, index: number): void {
    if (this.#length > 0) this.#endToken(index)
    this.#gap += 1
    // A sign imitates a letter only right behind one.
    this.#signs = kind & SIGN && (this.#gap === 1 || this.#signs > 0) ? this.#signs + 1 : 0
  }

  finish(length: number): void {
    if (this.#length > 0) this.#endToken(length)
    this.#endRun(NEWLINE)
    if (this.#odd >= MIN_STRANGE) this.#noteStrange(length)
  }

  #letter(code: number): void {
    this.#letters += 1
    if (this.#signs > 0) {
      this.#leet += 1
      this.#signs = 0
    }
    this.#hash = addToHash(this.#hash, code | 0x20)
  }

  #endToken(index: number): void {
    const length = this.#length
    if (length === 1 && this.#gap <= LONGEST_GAP) {
      this.#singles += 1
      if (this.#singles >= MIN_SINGLES) this.spaced = true
    } else {
      this.#singles = length === 1 ? 1 : 0
    }
    if (length >= MIN_WORD && this.#letters === length) this.#endWord(index)
    if (length <= LONGEST_GROUP && this.#letters < length) {
      this.#groups += 1
      if (this.#groups >= MIN_GROUPS) this.numbers = true
    } else if (length > 1) {
      this.#groups = 0
    }
    this.#length = 0
    this.#letters = 0
    this.#gap = 0
    this.#signs = 0
    this.#hash = emptyHash
  }

  #endWord(index: number): void {
    if (!mayBeCommon(this.#hash)) {
      if (this.#odd === 0) this.#oddFrom = this.#start
      this.#odd += 1
      if (this.#odd >= MIN_STRANGE) this.#noteStrange(index)
    } else if (this.#odd > 0) {
      this.#odd -= 1
    }
  }

  #noteStrange(end: number): void {
    this.strange = { start: this.strange?.start ?? this.#oddFrom, end }
  }

  #endRun(kind: number): void {
    if (this.#run >= MIN_RUN) this.runs = true
    const isLine = this.#run >= MIN_LINE
    this.#run = 0
    if (!(kind & NEWLINE)) return
    this.#lines = isLine ? this.#lines + 1 : 0
    if (this.#lines >= MIN_LINES) this.runs = true
  }
}
