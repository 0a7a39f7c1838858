import type { Frequency, NameLexicon } from './name-lexicon.ts'
import { hashOf } from './word-hash.ts'

/** What the lists and the letters say about a capitalised word, as small numbers. */
export interface WordFacts {
  /** `hashOf` the word in lower case. */
  readonly hash: number
  /** Everything that the lists say. */
  readonly kind: number
  /** The same without the details. */
  readonly rough: number
  /** A word that is better known by itself than by its letters: of a dictionary, a title, a place. */
  readonly isKnown: boolean
  readonly shape: number
  /** Of the word in lower case, 12 at most. */
  readonly length: number
  /** `hashOf` its last two, three and four letters and its first three. */
  readonly affixes: readonly [number, number, number, number]
}

/** A word with what the name lists and the cues say of it. */
interface ListedWord {
  readonly written: string
  readonly lower: string
  readonly initial: boolean
  readonly first: Frequency
  readonly last: Frequency
  readonly isOrdinary: boolean
  readonly isInstitution: boolean
  readonly isTitle: boolean
  readonly isPlacePrefix: boolean
}

const special = { none: 0, initial: 1, title: 2, institution: 3, placePrefix: 4 } as const

/** Looks a word up. */
export function wordFacts(word: ListedWord, lexicon: NameLexicon): WordFacts {
  const { wide } = lexicon
  const hash = hashOf(word.lower)
  const halves = hyphenated(word.lower)
  const isIn = (list: { has(hash: number): boolean }) =>
    list.has(hash) || (halves?.every((half) => list.has(half)) ?? false)
  const first = rank(word.first, () => isIn(wide.firstNames))
  const last = rank(word.last, () => isIn(wide.lastNames))
  const ordinary = word.isOrdinary ? 1 : 0
  const dictionary = isIn(wide.dictionary) ? 1 : 0
  const place = isIn(wide.places) ? 1 : 0
  const role = roleOf(word)
  const lists = first | (last << 2) | (ordinary << 4) | (dictionary << 5) | (place << 6)
  const word01 = ordinary | dictionary
  return {
    hash,
    kind: lists | (role << 7),
    rough: (first > 0 ? 1 : 0) | (last > 0 ? 2 : 0) | (word01 << 2) | (place << 3) | (role << 4),
    isKnown: word01 === 1 || place === 1 || role > special.initial,
    shape: shapeOf(word),
    length: Math.min(word.lower.length, 12),
    affixes: affixesOf(word.lower),
  }
}

function affixesOf(lower: string): [number, number, number, number] {
  const { length } = lower
  const ending = (letters: number) => hashOf(lower, Math.max(0, length - letters))
  return [ending(2), ending(3), ending(4), hashOf(lower, 0, Math.min(3, length))]
}

/** 0 unknown, 1 in the large list only, 2 and 3 in the list of frequent names. */
function rank(frequency: number, isInWideList: () => boolean): number {
  if (frequency > 0) return frequency + 1
  return isInWideList() ? 1 : 0
}

function roleOf(word: ListedWord): number {
  if (word.initial) return special.initial
  if (word.isTitle) return special.title
  if (word.isInstitution) return special.institution
  return word.isPlacePrefix ? special.placePrefix : special.none
}

function hyphenated(lower: string): readonly number[] | null {
  if (!lower.includes('-')) return null
  return lower.split('-').map((half) => hashOf(half))
}

/** How the word is written: capitals, letters beyond ASCII, hyphens, apostrophes. */
function shapeOf({ written }: ListedWord): number {
  let upper = 0
  let seen = 0
  for (let index = 0; index < written.length; index += 1) {
    const sign = signOf(written.charCodeAt(index))
    if (sign === letter.upper) upper += 1
    seen |= sign
  }
  const isAllCapitals = (seen & (letter.lower | letter.other)) === 0
  const capitals = isAllCapitals ? 2 : upper > 1 ? 1 : 0
  return capitals | (seen & ~(letter.lower | letter.upper))
}

const letter = { lower: 1, upper: 2, other: 4, hyphen: 8, apostrophe: 16 } as const

function signOf(code: number): number {
  if (code >= 97 && code <= 122) return letter.lower
  if (code >= 65 && code <= 90) return letter.upper
  if (code === 45) return letter.hyphen
  return code === 39 || code === 0x2019 ? letter.apostrophe : letter.other
}
