import { isTitle } from './name-cues.ts'
import type { NameLexicon } from './name-lexicon.ts'
import type { Candidate, RunEvidence } from './name-score.ts'
import { nameScore } from './name-score.ts'
import type { NameRun, NameWord } from './name-words.ts'
import { hasNameShape, isCapitals } from './name-words.ts'
import { hashOf } from './word-hash.ts'

/** A name within a run of capitalised words: `run.slice(first, last + 1)`. */
export interface NameInRun {
  readonly first: number
  readonly last: number
  /** Thousandths. */
  readonly score: number
}

const placePrefixes = new Set(
  'san santa santo st saint fort ft port mount mt lake new north south east west los las el cape point rio sierra costa puerto villa rua rúa via rue avenida calle plaza plaça piazza paseo ulica ul avenue boulevard prince duke'.split(
    ' ',
  ),
)
const longestName = 4

/** True for a word such as `San` or `Rue`, which makes the words behind it a place. Takes lower case. */
export function isPlacePrefix(word: string): boolean {
  return placePrefixes.has(word)
}

/** The first name of a person in `run` at or after word `from`, as long as it can be, or `null`. */
export function nameInRun(run: NameRun, from: number, evidence: RunEvidence): NameInRun | null {
  for (let first = from; first < run.length; first += 1) {
    if (!mayBegin(run, first, evidence.lexicon)) continue
    for (let last = lastOfName(run, first, evidence.lexicon); last >= first; last -= 1) {
      const score = nameScore(candidateAt(run, { first, last }, evidence.lexicon), evidence)
      if (score > 0) return { first, last, score }
    }
  }
  return null
}

function candidateAt(
  run: NameRun,
  { first, last }: { first: number; last: number },
  lexicon: NameLexicon,
): Candidate {
  const before = run[first - 1]?.lower ?? ''
  return {
    words: run.slice(first, last + 1),
    first,
    last,
    titled: isTitle(before),
    before,
    institution: lexicon.isInstitution(run[last + 1]?.lower ?? ''),
  }
}

/** Cheap first look: most capitalised words only begin a sentence. */
function mayBegin(run: NameRun, index: number, lexicon: NameLexicon): boolean {
  const word = run[index]?.lower ?? ''
  if (isTitle(word) || placePrefixes.has(run[index - 1]?.lower ?? '')) return false
  if (placePrefixes.has(word) && lexicon.firstName(word) === 0) return false
  return mayBeNameWord(word, lexicon)
}

/** False for a run that need not be looked at: most capitalised words only begin a sentence. */
export function mayHoldName(run: NameRun, lexicon: NameLexicon): boolean {
  const [only] = run
  if (only === undefined || run.length > 1)
    return run.some((word) => mayBeNameWord(word.lower, lexicon))
  if (only.written.length < 2) return false
  if (lexicon.isOrdinary(only.lower)) return lexicon.firstName(only.lower) > 0
  return mayBeNameWord(only.lower, lexicon)
}

/** True unless the word, in lower case, is one of ordinary text and no name. */
export function mayBeNameWord(word: string, lexicon: NameLexicon): boolean {
  if (lexicon.firstName(word) > 0 || lexicon.lastName(word) > 0) return true
  if (lexicon.isOrdinary(word)) return false
  const { dictionary, firstNames, lastNames } = lexicon.wide
  const hash = hashOf(word)
  return !dictionary.has(hash) || firstNames.has(hash) || lastNames.has(hash)
}

/** Index of the last word that may belong to the name that begins with word `first`. */
function lastOfName(run: NameRun, first: number, lexicon: NameLexicon): number {
  let last = first
  while (last + 1 < run.length && last + 1 - first < longestName) {
    const next = run[last + 1]
    if (next === undefined || !mayContinue(next, lexicon)) break
    last += 1
  }
  while (last > first && run[last]?.initial === true && last - first > 1) last -= 1
  return last
}

function mayContinue(word: NameWord, lexicon: NameLexicon): boolean {
  if (word.initial) return true
  if (!hasNameShape(word) && !isCapitals(word)) return false
  if (!lexicon.isOrdinary(word.lower)) return true
  if (lexicon.isInstitution(word.lower)) return false
  return lexicon.lastName(word.lower) > 0
}
