import { ambiguousFirstNames, institutionWords, otherCapitalised } from './ambiguous-names.ts'
import { otherFirstNames, otherLastNames, topFirstNames, topLastNames } from './names-data.ts'
import { ordinaryWordList } from './ordinary-words-data.ts'
import { WordFilter } from './word-filter.ts'
import * as packed from './word-filters-data.ts'
import { hashOf } from './word-hash.ts'

/** 2: among the most frequent; 1: rarer; 0: not in the list. */
export type Frequency = 0 | 1 | 2

/** What is known about a word as a part of a person's name. Words are given in lower case. */
export interface NameLexicon {
  firstName(word: string): Frequency
  lastName(word: string): Frequency
  /** A word of ordinary text, a place, a product: it needs company or a cue to be a name. */
  isOrdinary(word: string): boolean
  /** Makes the words before it a place or an institution. */
  isInstitution(word: string): boolean
  /** A word of a dictionary that is no name of the large lists. */
  isDictionaryWord(word: string): boolean
  /** The large lists, which know names of many countries and take a few other words for members too. */
  readonly wide: WideLists
}

/** Large lists of words, asked by `hashOf`. */
interface WideLists {
  readonly firstNames: WordFilter
  readonly lastNames: WordFilter
  readonly places: WordFilter
  /** Words of an English dictionary. */
  readonly dictionary: WordFilter
  /** Words of ordinary text, exactly. */
  readonly ordinary: ReadonlySet<number>
}

let loaded: NameLexicon | undefined

/** The lexicon; built on first use (a few milliseconds) and shared, for it never changes. */
export function nameLexicon(): NameLexicon {
  loaded ??= build()
  return loaded
}

function build(): NameLexicon {
  const first = ranked(topFirstNames, otherFirstNames)
  const last = ranked(topLastNames, otherLastNames)
  const text = ordinaryWordList.trim().split(/\s+/)
  const ordinary = new Set(text)
  for (const word of ambiguousFirstNames) ordinary.add(word)
  for (const word of otherCapitalised) ordinary.add(word)
  for (const word of institutionWords) ordinary.add(word)
  const wide = wideLists(text)
  return {
    firstName: (word) =>
      first.get(word) ?? (word.includes('-') ? first.get(firstPart(word)) : 0) ?? 0,
    lastName: (word) => last.get(word) ?? (word.includes('-') ? last.get(lastPart(word)) : 0) ?? 0,
    isOrdinary: (word) =>
      ordinary.has(word) ||
      (word.includes('-') && word.split('-').some((part) => ordinary.has(part))),
    isInstitution: (word) => institutionWords.has(word),
    isDictionaryWord: (word) => isOnlyWord(hashOf(word), wide),
    wide,
  }
}

function wideLists(ordinary: readonly string[]): WideLists {
  return {
    firstNames: unpack(packed.firstNames),
    lastNames: unpack(packed.lastNames),
    places: unpack(packed.places),
    dictionary: unpack(packed.dictionary),
    ordinary: new Set(ordinary.map((word) => hashOf(word))),
  }
}

function isOnlyWord(hash: number, { dictionary, firstNames, lastNames }: WideLists): boolean {
  return dictionary.has(hash) && !firstNames.has(hash) && !lastNames.has(hash)
}

function unpack(base64: string): WordFilter {
  return new WordFilter(Uint8Array.from(atob(base64), (one) => one.charCodeAt(0)))
}

/** `smith-jones` is known by its parts. */
function firstPart(word: string): string {
  return word.slice(0, word.indexOf('-'))
}

function lastPart(word: string): string {
  return word.slice(word.lastIndexOf('-') + 1)
}

function ranked(top: string, other: string): Map<string, Frequency> {
  const ranks = new Map<string, Frequency>()
  for (const word of top.trim().split(/\s+/)) ranks.set(word, 2)
  for (const word of other.trim().split(/\s+/)) if (!ranks.has(word)) ranks.set(word, 1)
  return ranks
}
