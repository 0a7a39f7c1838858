import type { Span } from '../../../text/span.ts'
import { classOf, isLetter, isMark, isNumber, isUpper } from './character-class.ts'
import type { KnownWord } from './known-word.ts'
import { KnownWords } from './known-word.ts'

/** A capitalised word of the text, a candidate for a part of a name. */
export interface NameWord extends Span {
  /** As written, without a possessive `'s`. */
  readonly written: string
  /** In lower case and without apostrophes, as the name lists have it. */
  readonly lower: string
  /** One letter, as in `J.`; `end` includes the dot. */
  readonly initial: boolean
  /** What the lists say about it. */
  readonly known: KnownWord
}

/** Capitalised words that follow one another with nothing but a space (or a particle such as `van der`) between them. */
export type NameRun = readonly NameWord[]

const particles =
  'de|da|do|dos|das|del|della|di|du|la|le|van|von|der|den|ten|ter|bin|ibn|al|el|y|af|zu'
const gapWithin = new RegExp(`^(?: {1,2}|\\u00a0)(?:(?:${particles})(?: |-)){0,3}$`)
const aParticle = new RegExp(`^(?:${particles})$`)
const longestWord = 32

/** True for `van`, `der`, `de`: what may stand between the words of a name. */
export function isParticle(word: string): boolean {
  return aParticle.test(word)
}

/** Runs of capitalised words that begin at or after `from`, in order. `words` knows the words of the text. Linear. */
export function nameRuns(text: string, from = 0, words = new KnownWords()): NameRun[] {
  const runs: NameRun[] = []
  let run: NameWord[] = []
  let previous: NameWord | undefined
  for (let start = nextCapital(text, from); start >= 0; ) {
    const end = endOfWord(text, start)
    const word = nameWord(text, start, end, words)
    start = nextCapital(text, end)
    if (word === null) continue
    if (previous !== undefined && !continues(text, previous, word)) {
      runs.push(run)
      run = []
    }
    run.push(word)
    previous = word
  }
  if (run.length > 0) runs.push(run)
  return runs
}

/** Where the next word in capitals begins, or -1: behind no letter, number, mark, or sign of an address or of code. */
function nextCapital(text: string, from: number): number {
  for (let index = from; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code < 65 || (code > 90 && code < 128) || !isUpper(classOf(text, index))) continue
    if (index === 0 || !tiesWord(text, index - 1)) return index
  }
  return -1
}

/** True for what makes a word that follows it a part of something longer. */
function tiesWord(text: string, index: number): boolean {
  switch (text.charCodeAt(index)) {
    case 95: // _
    case 64: // @
    case 35: // #
    case 47: // /
    case 92: // \
    case 46: // .
    case 36: // $
    case 45: // -
      return true
    default: {
      const kind = classOf(text, index)
      return isLetter(kind) || isMark(kind) || isNumber(kind)
    }
  }
}

/** Letters and marks, and more of them behind a hyphen or an apostrophe. */
function endOfWord(text: string, start: number): number {
  let end = start
  for (;;) {
    do end += 1
    while (end < text.length && goesOn(text, end))
    const code = text.charCodeAt(end)
    const isJoint = code === 45 || code === 39 || code === 0x2019
    if (!isJoint || !isLetter(classOf(text, end + 1))) return end
    end += 1
  }
}

function goesOn(text: string, index: number): boolean {
  const kind = classOf(text, index)
  return isLetter(kind) || isMark(kind)
}

function continues(text: string, previous: NameWord, word: NameWord): boolean {
  const length = word.start - previous.end
  if (length === 0) return previous.initial
  const code = text.charCodeAt(previous.end)
  if (length > 16 || (code !== 32 && code !== 0xa0)) return false
  return length === 1 || gapWithin.test(text.slice(previous.end, word.start))
}

function nameWord(text: string, start: number, match: number, words: KnownWords): NameWord | null {
  const end = match - start > 2 && isPossessive(text, match) ? match - 2 : match
  const length = end - start
  if (length > longestWord) return null
  const next = text.charCodeAt(end)
  // `_`, `@`, `\` and numbers make it something else.
  if (next === 95 || next === 64 || next === 92 || isNumber(classOf(text, end))) return null
  if (next === 45 && length === 1) return null
  const initial = length === 1 && next === 46
  const known = words.of(text.slice(start, end), initial)
  const { written, lower } = known
  return { start, end: initial ? end + 1 : end, written, lower, initial, known }
}

function isPossessive(text: string, end: number): boolean {
  const mark = text.charCodeAt(end - 2)
  return (mark === 39 || mark === 0x2019) && (text.charCodeAt(end - 1) | 32) === 115
}
