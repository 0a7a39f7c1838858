import { isTokenAt } from './character-kinds.ts'
import { LONGEST_RUN } from './vocabulary.ts'

const LONGEST_GAP = 8
// Kinds of gaps that are told apart in one row; the others are read one by one.
const MOST_KINDS = 16

/** Single letters one behind the other, with little between them. */
export interface LetterRow {
  /** How many letters. */
  readonly length: number
  /** The place of the last. */
  readonly last: number
  placeOf(letter: number): number
  /** What stands most often between two letters, as the number of its kind. */
  separator(): number
  /**
   * What stood behind a letter before the separators were put in; `''` when that was the next letter. A blank behind the
   * last one, where the row ends.
   */
  betweenAfter(letter: number, separator: number): string
}

// One row is read at a time, and never interrupted: its numbers need no memory of their own.
const places = new Int32Array(LONGEST_RUN)
const kinds = new Uint8Array(LONGEST_RUN)
const counts = new Int32Array(MOST_KINDS)
const examples = new Int32Array(MOST_KINDS)

/** The row that begins at `start`, at most 1,000 letters. It holds until the next one is read. */
export function letterRow(text: string, start: number): LetterRow {
  const length = readPlaces(text, start)
  const found = readKinds(text, length)
  const read: (string | undefined)[] = []
  return {
    length,
    last: places[length - 1] ?? start,
    placeOf: (letter) => places[letter] ?? 0,
    separator: () => mostFrequent(found),
    betweenAfter(letter, separator) {
      if (letter === length - 1) return ' '
      const kind = kinds[letter] ?? 0
      if (kind === separator) return ''
      const known = kind < MOST_KINDS ? read[kind] : undefined
      if (known !== undefined) return known
      const between = withoutSeparator(
        gapAt(text, letter),
        gapAt(text, examples[separator] ?? letter),
      )
      if (kind < MOST_KINDS) read[kind] = between
      return between
    },
  }
}

function readPlaces(text: string, start: number): number {
  places[0] = start
  let length = 1
  for (let place = start; length < LONGEST_RUN; length++) {
    let next = place + 1
    while (next < text.length && next - place <= LONGEST_GAP && !isTokenAt(text, next)) next += 1
    if (!isTokenAt(text, next) || isTokenAt(text, next + 1)) break
    places[length] = next
    place = next
  }
  return length
}

/** Numbers the gaps of the row by what they hold; returns how many kinds there are. */
function readKinds(text: string, length: number): number {
  let found = 0
  for (let gap = 0; gap + 1 < length; gap++) {
    let kind = 0
    while (kind < found && !isSameGap(text, gap, examples[kind] ?? 0)) kind += 1
    if (kind === found && found < MOST_KINDS) {
      examples[found] = gap
      counts[found] = 0
      found += 1
    }
    if (kind < MOST_KINDS) counts[kind] = (counts[kind] ?? 0) + 1
    kinds[gap] = kind
  }
  return found
}

function isSameGap(text: string, one: number, other: number): boolean {
  const size = widthOf(one)
  if (size !== widthOf(other)) return false
  const first = (places[one] ?? 0) + 1
  const second = (places[other] ?? 0) + 1
  for (let index = 0; index < size; index++) {
    if (text.charCodeAt(first + index) !== text.charCodeAt(second + index)) return false
  }
  return true
}

function mostFrequent(found: number): number {
  let best = 0
  for (let kind = 1; kind < found; kind++) {
    const more = (counts[kind] ?? 0) - (counts[best] ?? 0)
    const isShorter = widthOf(examples[kind] ?? 0) < widthOf(examples[best] ?? 0)
    if (more > 0 || (more === 0 && isShorter)) best = kind
  }
  return best
}

function widthOf(gap: number): number {
  return (places[gap + 1] ?? 0) - (places[gap] ?? 0) - 1
}

function gapAt(text: string, gap: number): string {
  return text.slice((places[gap] ?? 0) + 1, places[gap + 1])
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
