import type { MappedText } from './mapped-text.ts'
import { MappedTextBuilder } from './mapped-text.ts'

const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '9': 'g',
  '@': 'a',
  $: 's',
  '!': 'i',
  '|': 'l',
  '+': 't',
  '€': 'e',
}
const LEET_WORD = /[a-z0-9@$!|+€]{2,}/gi
const LEET_SIGN = /[a-z][013457@$!|+€]+[a-z]|(?<![a-z0-9])[34017@$][a-z]{2}/gi
const MIN_LEET_WORDS = 2

/**
 * The text with digits and signs inside words read as the letters they imitate, `undefined` when too few words look so.
 * `one` is what the digit one stands for: `i` or `l`.
 */
export function readLeet(text: string, one: 'i' | 'l'): MappedText | undefined {
  if (one === 'l' && !text.includes('1')) return undefined
  if (countUpTo(text, LEET_SIGN, MIN_LEET_WORDS) < MIN_LEET_WORDS) return undefined
  return replaceEach(text, LEET_WORD, (word) => {
    if (!/[a-z]/i.test(word) && word.length < 3) return undefined
    if (!/[^a-z]/i.test(word)) return undefined
    // A mark at the end of a word is punctuation.
    const body = word.replace(/[!|+]+$/, '')
    return (
      [...body].map((sign) => (sign === '1' ? one : (LEET[sign] ?? sign))).join('') +
      word.slice(body.length)
    )
  })
}

// Single letters with one and the same kind of separator between them: `i g n o r e`, `i.g.n.o.r.e`, `i-g-n`.
const SPACED =
  /(?<![\p{L}\p{N}])\p{L}(?:[ \t]\p{L}(?![\p{L}\p{N}])){2,}|(?<![\p{L}\p{N}])\p{L}(?:[.\-_*|/,+~·•:]\p{L}(?![\p{L}\p{N}]))+[.\-_*|/,+~·•:]?/gu
const NOT_LETTERS = /[^\p{L}]/gu

/** The text with spaced-out words joined, `undefined` when there are none. */
export function joinSpaced(text: string): MappedText | undefined {
  if (
    !/(?<![\p{L}\p{N}])\p{L}[ .\-_*|/,+~·•:]\p{L}[ .\-_*|/,+~·•:]\p{L}[ .\-_*|/,+~·•:]/u.test(text)
  )
    return undefined
  return replaceEach(text, SPACED, (run) => run.replace(NOT_LETTERS, ''))
}

/** The text with every Latin letter moved by 13 places. */
export function rotate13(text: string): MappedText {
  const rotated = text.replace(/[a-z]/gi, (letter) => {
    const code = letter.charCodeAt(0)
    const base = code >= 0x61 ? 0x61 : 0x41
    return String.fromCharCode(base + ((code - base + 13) % 26))
  })
  return wholeReplaced(text, rotated)
}

/** The text read from its end. Any part of it maps to all of it. */
export function readBackwards(text: string): MappedText {
  return wholeReplaced(text, `${[...text].reverse().join('')} `)
}

/** The text with each word read from its end. */
export function reverseWords(text: string): MappedText {
  return wholeReplaced(
    text,
    text.replace(/\p{L}{2,}/gu, (word) => [...word].reverse().join('')),
  )
}

function wholeReplaced(text: string, replacement: string): MappedText {
  const builder = new MappedTextBuilder(text)
  builder.replace(replacement, 0, text.length)
  return builder.build()
}

function replaceEach(
  text: string,
  pattern: RegExp,
  replacementOf: (match: string) => string | undefined,
): MappedText | undefined {
  const builder = new MappedTextBuilder(text)
  let copied = 0
  for (const match of text.matchAll(pattern)) {
    const replacement = replacementOf(match[0])
    if (replacement === undefined) continue
    builder.copy(copied, match.index)
    copied = match.index + match[0].length
    builder.replace(replacement, match.index, copied)
  }
  if (copied === 0) return undefined
  builder.copy(copied, text.length)
  return builder.build()
}

function countUpTo(text: string, pattern: RegExp, limit: number): number {
  let count = 0
  for (const _ of text.matchAll(pattern)) {
    count += 1
    if (count === limit) break
  }
  return count
}
