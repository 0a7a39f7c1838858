/**
 * The words of a folded text, as parallel arrays: a long text has many, and objects would cost more than the words.
 * A word is a run of letters and digits; scripts without spaces count one character as one word.
 */
export interface Tokens {
  readonly count: number
  /** Offset of the first character in the folded text. */
  readonly starts: Int32Array
  /** Offset after the last character. */
  readonly ends: Int32Array
  /** 31-bit FNV-1a hash of the word. */
  readonly hashes: Int32Array
  /** 1 where a sentence begins: after `.`, `!`, `?` or an empty line. */
  readonly breaks: Uint8Array
}

const SEPARATOR = 0
const WORD = 1
const LONE = 2
const JOINER = 3

const kinds = new Uint8Array(0x10000).fill(255)
for (let code = 0; code < 0x80; code++) {
  kinds[code] = /[a-z0-9]/i.test(String.fromCharCode(code)) ? WORD : SEPARATOR
}
kinds[0x27] = JOINER

const LONE_CHARACTER =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const WORD_CHARACTER = /[\p{L}\p{M}\p{N}]/u

const FNV_START = 0x811c9dc5
const FNV_PRIME = 0x01000193

/** Hash of one word, as in `Tokens.hashes`. */
export function hashWord(word: string): number {
  let hash = FNV_START
  for (let index = 0; index < word.length; index++) {
    hash = Math.imul(hash ^ word.charCodeAt(index), FNV_PRIME)
  }
  return hash >>> 1
}

/** Splits a folded text into words. Linear. */
export function tokenize(text: string): Tokens {
  const list = new TokenList(text)
  let index = 0
  while (index < text.length) {
    const code = text.charCodeAt(index)
    const kind = kindOf(code)
    if (kind === WORD) index = list.word(index)
    else {
      if (kind === LONE) list.lone(index, code)
      else list.separator(index, code)
      index += 1
    }
  }
  return list.finish()
}

class TokenList {
  readonly #text: string
  #count = 0
  #pendingBreak = true
  #newlines = 0
  #starts = new Int32Array(256)
  #ends = new Int32Array(256)
  #hashes = new Int32Array(256)
  #breaks = new Uint8Array(256)

  constructor(text: string) {
    this.#text = text
  }

  /** Reads the word at `start`; returns the offset after it. An apostrophe inside a word is passed over. */
  word(start: number): number {
    const text = this.#text
    let hash = FNV_START
    let index = start
    for (; index < text.length; index++) {
      const code = text.charCodeAt(index)
      const kind = kindOf(code)
      if (kind === WORD) hash = Math.imul(hash ^ code, FNV_PRIME)
      else if (kind !== JOINER || kindOf(text.charCodeAt(index + 1)) !== WORD) break
    }
    this.#add(start, index, hash >>> 1)
    return index
  }

  lone(index: number, code: number): void {
    this.#add(index, index + 1, Math.imul(FNV_START ^ code, FNV_PRIME) >>> 1)
  }

  separator(index: number, code: number): void {
    if (code === 0x0a) {
      this.#newlines += 1
      if (this.#newlines > 1) this.#pendingBreak = true
    } else if (endsSentence(code) && isSpace(this.#text.charCodeAt(index + 1))) {
      this.#pendingBreak = true
    } else if (code === 0x3002 || code === 0xff01 || code === 0xff1f || code === 0x0964) {
      this.#pendingBreak = true
    }
  }

  finish(): Tokens {
    return {
      count: this.#count,
      starts: this.#starts,
      ends: this.#ends,
      hashes: this.#hashes,
      breaks: this.#breaks,
    }
  }

  #add(start: number, end: number, hash: number): void {
    if (this.#count === this.#starts.length) this.#grow()
    this.#starts[this.#count] = start
    this.#ends[this.#count] = end
    this.#hashes[this.#count] = hash
    this.#breaks[this.#count] = this.#pendingBreak ? 1 : 0
    this.#count += 1
    this.#pendingBreak = false
    this.#newlines = 0
  }

  #grow(): void {
    const size = this.#starts.length * 2
    this.#starts = copyInto(new Int32Array(size), this.#starts)
    this.#ends = copyInto(new Int32Array(size), this.#ends)
    this.#hashes = copyInto(new Int32Array(size), this.#hashes)
    this.#breaks = copyInto(new Uint8Array(size), this.#breaks)
  }
}

function copyInto<A extends Int32Array | Uint8Array>(target: A, source: A): A {
  target.set(source)
  return target
}

function kindOf(code: number): number {
  const known = kinds[code]
  if (known === undefined) return SEPARATOR
  if (known !== 255) return known
  const character = String.fromCharCode(code)
  let kind = SEPARATOR
  if (LONE_CHARACTER.test(character)) kind = LONE
  else if (WORD_CHARACTER.test(character)) kind = WORD
  kinds[code] = kind
  return kind
}

function endsSentence(code: number): boolean {
  return code === 0x2e || code === 0x21 || code === 0x3f
}

function isSpace(code: number): boolean {
  return Number.isNaN(code) || code === 0x20 || code === 0x0a || code === 0x0d || code === 0x22
}
