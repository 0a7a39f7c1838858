import { isTitle } from './name-cues.ts'
import { isPlacePrefix } from './name-in-run.ts'
import type { NameLexicon } from './name-lexicon.ts'
import type { NameWord } from './name-words.ts'
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
}

const special = { none: 0, initial: 1, title: 2, institution: 3, placePrefix: 4 } as const

/** Looks a word up. */
export function wordFacts(word: NameWord, lexicon: NameLexicon): WordFacts {
  const { wide } = lexicon
  const hash = hashOf(word.lower)
  const halves = hyphenated(word.lower)
  const isIn = (list: { has(hash: number): boolean }) =>
    list.has(hash) || (halves?.every((half) => list.has(half)) ?? false)
  const first = rank(lexicon.firstName(word.lower), () => isIn(wide.firstNames))
  const last = rank(lexicon.lastName(word.lower), () => isIn(wide.lastNames))
  const ordinary = lexicon.isOrdinary(word.lower) ? 1 : 0
  const dictionary = isIn(wide.dictionary) ? 1 : 0
  const place = isIn(wide.places) ? 1 : 0
  const role = roleOf(word, lexicon)
  const lists = first | (last << 2) | (ordinary << 4) | (dictionary << 5) | (place << 6)
  const word01 = ordinary | dictionary
  return {
    hash,
    kind: lists | (role << 7),
    rough: (first > 0 ? 1 : 0) | (last > 0 ? 2 : 0) | (word01 << 2) | (place << 3) | (role << 4),
    isKnown: word01 === 1 || place === 1 || role > special.initial,
    shape: shapeOf(word),
  }
}

/** 0 unknown, 1 in the large list only, 2 and 3 in the list of frequent names. */
function rank(frequency: number, isInWideList: () => boolean): number {
  if (frequency > 0) return frequency + 1
  return isInWideList() ? 1 : 0
}

function roleOf(word: NameWord, lexicon: NameLexicon): number {
  if (word.initial) return special.initial
  if (isTitle(word.lower)) return special.title
  if (lexicon.isInstitution(word.lower)) return special.institution
  return isPlacePrefix(word.lower) ? special.placePrefix : special.none
}

function hyphenated(lower: string): readonly number[] | null {
  if (!lower.includes('-')) return null
  return lower.split('-').map((half) => hashOf(half))
}

/** How the word is written: capitals, letters beyond ASCII, hyphens, apostrophes. */
function shapeOf({ written }: NameWord): number {
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
