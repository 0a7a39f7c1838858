import type { Candidate, RunEvidence } from './name-score.ts'
import { nameScore } from './name-score.ts'
import type { NameRun, NameWord } from './name-words.ts'

/** A name within a run of capitalised words: `run.slice(first, last + 1)`. */
export interface NameInRun {
  readonly first: number
  readonly last: number
  /** Thousandths. */
  readonly score: number
}

const longestName = 4

/** The first name of a person in `run` at or after word `from`, as long as it can be, or `null`. */
export function nameInRun(run: NameRun, from: number, evidence: RunEvidence): NameInRun | null {
  for (let first = from; first < run.length; first += 1) {
    if (!mayBegin(run, first)) continue
    for (let last = lastOfName(run, first); last >= first; last -= 1) {
      const score = nameScore(candidateAt(run, first, last), evidence)
      if (score > 0) return { first, last, score }
    }
  }
  return null
}

function candidateAt(run: NameRun, first: number, last: number): Candidate {
  const before = run[first - 1]?.known
  return {
    words: run.slice(first, last + 1),
    first,
    last,
    titled: before?.isTitle ?? false,
    before: before?.lower ?? '',
    institution: run[last + 1]?.known.isInstitution ?? false,
  }
}

/** Cheap first look: most capitalised words only begin a sentence. */
function mayBegin(run: NameRun, index: number): boolean {
  const word = run[index]?.known
  if (word === undefined || word.isTitle) return false
  if (run[index - 1]?.known.isPlacePrefix === true) return false
  return word.mayBeName && !(word.isPlacePrefix && word.first === 0)
}

/** False for a run that need not be looked at: most capitalised words only begin a sentence. */
export function mayHoldName(run: NameRun): boolean {
  const [only] = run
  if (only === undefined || run.length > 1) return run.some((word) => word.known.mayBeName)
  const { written, isOrdinary, first, mayBeName } = only.known
  if (written.length < 2) return false
  return isOrdinary ? first > 0 : mayBeName
}

/** Index of the last word that may belong to the name that begins with word `first`. */
function lastOfName(run: NameRun, first: number): number {
  let last = first
  while (last + 1 < run.length && last + 1 - first < longestName) {
    const next = run[last + 1]
    if (next === undefined || !mayContinue(next)) break
    last += 1
  }
  while (last > first && run[last]?.initial === true && last - first > 1) last -= 1
  return last
}

function mayContinue({ known }: NameWord): boolean {
  if (known.initial) return true
  if (!known.hasNameShape && !known.isCapitals) return false
  if (!known.isOrdinary) return true
  return !known.isInstitution && known.last > 0
}
