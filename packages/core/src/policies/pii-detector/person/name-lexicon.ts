import { ambiguousFirstNames, institutionWords, otherCapitalised } from './ambiguous-names.ts'
import { otherFirstNames, otherLastNames, topFirstNames, topLastNames } from './names-data.ts'
import { ordinaryWordList } from './ordinary-words-data.ts'

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
  const ordinary = new Set(ordinaryWordList.trim().split(/\s+/))
  for (const word of ambiguousFirstNames) ordinary.add(word)
  for (const word of otherCapitalised) ordinary.add(word)
  for (const word of institutionWords) ordinary.add(word)
  return {
    firstName: (word) => first.get(word) ?? first.get(parts(word)[0] ?? '') ?? 0,
    lastName: (word) => last.get(word) ?? last.get(parts(word).at(-1) ?? '') ?? 0,
    isOrdinary: (word) => ordinary.has(word) || parts(word).some((part) => ordinary.has(part)),
    isInstitution: (word) => institutionWords.has(word),
  }
}

/** `smith-jones` is known by its parts. */
function parts(word: string): readonly string[] {
  return word.includes('-') ? word.split('-') : []
}

function ranked(top: string, other: string): Map<string, Frequency> {
  const ranks = new Map<string, Frequency>()
  for (const word of top.trim().split(/\s+/)) ranks.set(word, 2)
  for (const word of other.trim().split(/\s+/)) if (!ranks.has(word)) ranks.set(word, 1)
  return ranks
}
