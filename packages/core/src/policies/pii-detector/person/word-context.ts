import { hashOf } from './word-hash.ts'

/** What stands beside a run of words. */
export interface Side {
  /** Class of what touches the run, or `hashOf` the word of ordinary text there. */
  readonly near: number
  /** The same of the word one further; 0 when there is none. */
  readonly far: number
}

// Smaller than any character's code, so that punctuation stands for itself.
const nothing = 1
const line = 2
/** Values, markers, rare words, capitalised words: all alike, for a redacted text must not read differently. */
const anything = 3
const possessive = 4
/** A number that is no value: of a house, of a page. */
const number = 6
/** Longest word that is looked at. */
const longestWord = 20

type Ordinary = ReadonlySet<number>

/** What stands before `start`. Reads at most 44 characters. */
export function leftOf(text: string, start: number, ordinary: Ordinary): Side {
  if (start === 0) return { near: nothing, far: 0 }
  const code = text.charCodeAt(start - 1)
  if (isLineEnd(code)) return { near: line, far: 0 }
  if (code !== 32) return { near: mark(code), far: 0 }
  const word = wordBefore(text, start - 1, ordinary)
  if (word !== null)
    return { near: word.hash, far: wordBefore(text, word.start - 1, ordinary)?.hash ?? 0 }
  const before = start < 2 ? Number.NaN : text.charCodeAt(start - 2)
  if (isLineEnd(before)) return { near: line, far: 0 }
  return { near: endsInNumber(text, start - 1) ? number : mark(before), far: 0 }
}

/** `12 ` or `12, `: values are hidden from the text, so the number is none. */
function endsInNumber(text: string, space: number): boolean {
  const end = text.charCodeAt(space - 1) === 44 ? space - 1 : space
  return isDigit(text.charCodeAt(end - 1))
}

/** Up to five digits and what ends them: a value would go on. */
const numberAndEnd = /^[0-9]{1,5}[,.]?(?:\n|$)/

/** What stands from `end` on; `behind` goes on where `text` ends. */
export function rightOf(text: string, end: number, behind: string, ordinary: Ordinary): number {
  const codeAt = (index: number) =>
    index < text.length ? text.charCodeAt(index) : behind.charCodeAt(index - text.length)
  const code = codeAt(end)
  if (Number.isNaN(code)) return nothing
  if (isLineEnd(code)) return line
  if (code === 39 || code === 0x2019)
    return (codeAt(end + 1) | 32) === 115 ? possessive : mark(code)
  if (code !== 32) return mark(code)
  if (isDigit(codeAt(end + 1))) {
    return numberAndEnd.test(sliceOf(text, behind, end + 1, end + 8)) ? number : anything
  }
  let stop = end + 1
  while (stop - end <= longestWord && isLower(codeAt(stop))) stop += 1
  if (stop === end + 1 || isWordPart(codeAt(stop))) return anything
  const hash = hashOf(sliceOf(text, behind, end + 1, stop))
  return ordinary.has(hash) ? hash : anything
}

function sliceOf(text: string, behind: string, start: number, end: number): string {
  if (end <= text.length) return text.slice(start, end)
  const from = Math.max(0, start - text.length)
  return text.slice(start) + behind.slice(from, end - text.length)
}

function wordBefore(
  text: string,
  end: number,
  ordinary: Ordinary,
): { readonly start: number; readonly hash: number } | null {
  if (text.charCodeAt(end) !== 32) return null
  let start = end
  while (start > 0 && end - start <= longestWord && isLower(text.charCodeAt(start - 1))) start -= 1
  if (start === end || (start > 0 && isWordPart(text.charCodeAt(start - 1)))) return null
  const hash = hashOf(text, start, end)
  return ordinary.has(hash) ? { start, hash } : null
}

function mark(code: number): number {
  if (Number.isNaN(code)) return nothing
  // Letters and digits of any kind, brackets of markers, `@` and `*`.
  if (code > 127 && code !== 0x2018 && code !== 0x2019 && code !== 0x201c && code !== 0x201d)
    return anything
  return isWordPart(code) || code === 91 || code === 93 || code === 60 || code === 62 || code === 42
    ? anything
    : code
}

function isLineEnd(code: number): boolean {
  return code === 10 || code === 13
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

function isLower(code: number): boolean {
  return code >= 97 && code <= 122
}

/** What makes a word longer than its lower-case letters, or ties it to a value. */
function isWordPart(code: number): boolean {
  return (
    isLower(code) ||
    (code >= 65 && code <= 90) ||
    isDigit(code) ||
    code === 95 ||
    code === 64 ||
    code > 127
  )
}

/** True for a side where a sentence or a line begins. */
export function beginsSentence({ near }: Side): boolean {
  return near <= line || near === 46 || near === 33 || near === 63 || near === 58 || near === 34
}
