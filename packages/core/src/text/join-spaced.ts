import { isTokenAt } from './character-kinds.ts'
import { ChangeList, readChanged } from './excerpt.ts'
import type { LetterRow } from './letter-row.ts'
import { letterRow } from './letter-row.ts'
import type { MappedText } from './mapped-text.ts'
import type { Steps } from './steps.ts'
import { isCommonWord, LONGEST_RUN, splitIntoWords } from './vocabulary.ts'

const MIN_LETTERS = 3
// `U.S.`, `a/b/c` and the like are no disguise: at least one run is longer.
const MIN_LONGEST = 5
const MIN_RUN_TOGETHER = 20
const MIN_WORDS_TOGETHER = 4
const STEP = 4_096
const MIN_SPLIT = 7

/**
 * The text with spaced-out words joined: single letters with one and the same separator between them, whatever it is
 * (`i g n o r e`, `i.g.n`, `i  g  n`, one letter a line). A longer gap ends a word; where there is none, and in long runs
 * of letters, words are told apart by a vocabulary. `undefined` when there is nothing to join. Linear.
 */
export function* joinSpaced(text: string): Steps<MappedText | undefined> {
  const changes = new ChangeList()
  let pause = STEP
  let longest = 0
  for (let index = 0; index < text.length; ) {
    if (index > pause) {
      yield
      pause = index + STEP
    }
    if (!isTokenAt(text, index)) {
      index += 1
      continue
    }
    const { letters, next } = readToken(text, index, changes)
    longest = Math.max(longest, letters)
    index = next
    // The rest of a token that is too long to be read.
    while (isTokenAt(text, index)) {
      index += 1
      if (index % STEP === 0) yield
    }
  }
  yield
  return longest < MIN_LONGEST ? undefined : yield* readChanged(text, changes)
}

interface Read {
  /** How many letters stood alone in a row, or together as one run of words. */
  readonly letters: number
  /** Where to go on. */
  readonly next: number
}

/** Reads a token, with the single letters that follow when it is one. */
function readToken(text: string, start: number, changes: ChangeList): Read {
  if (isTokenAt(text, start + 1)) {
    const end = endOfToken(text, start)
    return { letters: splitRun(text, start, end, changes) ? end - start : 0, next: end }
  }
  const row = letterRow(text, start)
  if (row.length >= MIN_LETTERS) joinLetters(text, row, changes)
  return { letters: row.length, next: row.last + 1 }
}

/** Adds the words that a row of single letters makes. */
function joinLetters(text: string, row: LetterRow, changes: ChangeList): void {
  const separator = row.separator()
  let first = 0
  for (let letter = 0; letter < row.length; letter++) {
    const between = row.betweenAfter(letter, separator)
    if (between === '') continue
    joinWord(text, { row, first, last: letter }, changes)
    if (letter + 1 < row.length) {
      changes.add(row.placeOf(letter) + 1, row.placeOf(letter + 1), between)
    }
    first = letter + 1
  }
}

interface Letters {
  readonly row: LetterRow
  readonly first: number
  readonly last: number
}

/** Adds one change for each word of letters with equal gaps. */
function joinWord(text: string, { row, first, last }: Letters, changes: ChangeList): void {
  let letters = ''
  for (let letter = first; letter <= last; letter++) letters += text.charAt(row.placeOf(letter))
  const ends = letters.length < MIN_SPLIT ? undefined : endsOfWords(letters)
  if (ends === undefined) {
    changes.add(row.placeOf(first), row.placeOf(last) + 1, letters)
    return
  }
  let from = 0
  for (const to of ends) {
    const space = to < letters.length ? ' ' : ''
    const start = row.placeOf(first + from)
    changes.add(start, row.placeOf(first + to - 1) + 1, letters.slice(from, to) + space)
    from = to
  }
}

function endsOfWords(letters: string): number[] | undefined {
  const lower = letters.toLowerCase()
  if (lower.length !== letters.length || isCommonWord(lower)) return undefined
  return splitIntoWords(lower)
}

/** Adds the words of letters without anything between them; false when they are none. */
function splitRun(text: string, start: number, end: number, changes: ChangeList): boolean {
  const length = end - start
  if (length < MIN_RUN_TOGETHER || length > LONGEST_RUN) return false
  const letters = text.slice(start, end)
  if (!/^(?:[a-z]+|[A-Z]+)$/.test(letters)) return false
  const ends = splitIntoWords(letters.toLowerCase())
  if (ends === undefined || ends.length < MIN_WORDS_TOGETHER) return false
  let from = 0
  let words = ''
  for (const to of ends) {
    words += (from > 0 ? ' ' : '') + letters.slice(from, to)
    from = to
  }
  changes.add(start, end, words)
  return true
}

/** Where the token ends, or where it is already too long to be read. */
function endOfToken(text: string, start: number): number {
  let end = start
  while (end - start <= LONGEST_RUN && isTokenAt(text, end)) end += 1
  return end
}
