import { characterKind, kindOfCharacter } from './character-kinds.ts'
import type { Change } from './excerpt.ts'
import { readChanged } from './excerpt.ts'
import type { MappedText } from './mapped-text.ts'
import type { Span } from './span.ts'
import type { Steps } from './steps.ts'
import { isCommonWord, splitIntoWords } from './vocabulary.ts'

const MIN_LETTERS = 3
// `U.S.`, `a/b/c` and the like are no disguise: at least one run is longer.
const MIN_LONGEST = 5
const MIN_RUN_TOGETHER = 20
const LONGEST_GAP = 8
// A run that goes on is read in parts, so that what is kept of it stays small.
const LONGEST_RUN = 1_000
const STEP = 4_096
const MIN_SPLIT = 7

/**
 * The text with spaced-out words joined: single letters with one and the same separator between them, whatever it is
 * (`i g n o r e`, `i.g.n`, `i  g  n`, one letter a line). A longer gap ends a word; where there is none, and in long runs
 * of letters, words are told apart by a vocabulary. `undefined` when there is nothing to join. Linear.
 */
export function* joinSpaced(text: string): Steps<MappedText | undefined> {
  const changes: Change[] = []
  let pause = STEP
  let longest = 0
  for (let index = 0; index < text.length; ) {
    if (index > pause) {
      yield
      pause = index + STEP
    }
    const end = endOfToken(text, index)
    const { letters, next } =
      end === index ? nothingAt(index) : readToken(text, { start: index, end }, changes)
    longest = Math.max(longest, letters)
    index = next
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

function nothingAt(index: number): Read {
  return { letters: 0, next: index + 1 }
}

/** Reads a token, with the single letters that follow when it is one. */
function readToken(text: string, { start, end }: Span, changes: Change[]): Read {
  if (end - start > 1) {
    const change = end - start >= MIN_RUN_TOGETHER ? splitRun(text, start, end) : undefined
    if (change !== undefined) changes.push(change)
    return { letters: change === undefined ? 0 : end - start, next: end }
  }
  const places = singlesFrom(text, start)
  if (places.length >= MIN_LETTERS) joinLetters(text, places, changes)
  return { letters: places.length, next: (places.at(-1) ?? start) + 1 }
}

/** Adds the words that the single letters at `places` make. */
function joinLetters(text: string, places: readonly number[], changes: Change[]): void {
  const start = places[0] ?? 0
  const last = places.at(-1) ?? start
  const gaps = places.slice(1).map((place, index) => text.slice((places[index] ?? 0) + 1, place))
  const separator = mostFrequent(gaps)
  let letters = text[start] ?? ''
  let piece = start
  gaps.forEach((gap, index) => {
    const place = places[index + 1] ?? start
    const between = gap === separator ? '' : withoutSeparator(gap, separator)
    if (between !== '') {
      changes.push(...changesFor(letters, piece, (places[index] ?? 0) + 1))
      changes.push({ start: (places[index] ?? 0) + 1, end: place, plain: between })
      letters = ''
      piece = place
    }
    letters += text[place] ?? ''
  })
  changes.push(...changesFor(letters, piece, last + 1))
}

function singlesFrom(text: string, start: number): number[] {
  const places = [start]
  for (let place = start; places.length < LONGEST_RUN; ) {
    let next = place + 1
    while (next < text.length && next - place <= LONGEST_GAP && !isToken(text, next)) next += 1
    if (!isToken(text, next) || endOfToken(text, next) !== next + 1) break
    places.push(next)
    place = next
  }
  return places
}

function mostFrequent(gaps: readonly string[]): string {
  const counts = new Map<string, number>()
  let best = gaps[0] ?? ''
  for (const gap of gaps) {
    const count = (counts.get(gap) ?? 0) + 1
    counts.set(gap, count)
    const most = counts.get(best) ?? 0
    if (count > most || (count === most && gap.length < best.length)) best = gap
  }
  return best
}

/** What stood between two letters before the separators were put in: a space, an apostrophe, the end of a sentence. */
function withoutSeparator(gap: string, separator: string): string {
  const inner = gap.startsWith(separator) ? gap.slice(separator.length) : gap
  const rest = inner.endsWith(separator) ? inner.slice(0, -separator.length) : inner
  if (rest === '') return ' '
  const signs = rest.replaceAll(separator, '').replace(/[\s\u2800]+/g, '')
  if (!/[\s\u2800/|_]/.test(rest)) return signs === '' ? ' ' : signs
  return /^[/|_]?$/.test(signs) ? (rest.includes('\n') ? '\n' : ' ') : `${signs} `
}

/** One change for each word of joined letters. */
function changesFor(letters: string, start: number, end: number): Change[] {
  const lower = letters.toLowerCase()
  const known = letters.length < MIN_SPLIT || lower.length !== letters.length || isCommonWord(lower)
  const ends = known ? undefined : splitIntoWords(lower)
  if (ends === undefined) return [{ start, end, plain: letters }]
  // Every letter and its separator take the same room.
  const width =
    (end - start + (end - start - letters.length) / (letters.length - 1)) / letters.length
  let from = 0
  return ends.map((to) => {
    const word = { start: start + from * width, end: start + (to - 1) * width + 1 }
    const plain = letters.slice(from, to) + (to < letters.length ? ' ' : '')
    from = to
    return { ...word, plain }
  })
}

/** The words of letters without anything between them. */
function splitRun(text: string, start: number, end: number): Change | undefined {
  if (end - start > LONGEST_RUN) return undefined
  const letters = text.slice(start, end)
  if (!/^(?:[a-z]+|[A-Z]+)$/.test(letters)) return undefined
  const ends = splitIntoWords(letters.toLowerCase())
  if (ends === undefined || ends.length < 4) return undefined
  let from = 0
  const words = ends.map((to) => {
    const word = letters.slice(from, to)
    from = to
    return word
  })
  return { start, end, plain: words.join(' ') }
}

function isToken(text: string, index: number): boolean {
  const kind = kindOfCharacter(text.charCodeAt(index))
  return index < text.length && (kind === characterKind.letter || kind === characterKind.digit)
}

function endOfToken(text: string, start: number): number {
  let end = start
  while (isToken(text, end)) end += 1
  return end
}
