import type { Direction } from '../../../message/segment.ts'
import type { ConfirmedNames } from './confirmed-names.ts'
import type { CuesOfText } from './cues-of-text.ts'
import type { Cue } from './name-cues.ts'
import { nameCueBehind } from './name-cues.ts'
import { nameInRun } from './name-in-run.ts'
import type { NameLexicon } from './name-lexicon.ts'
import type { RunEvidence } from './name-score.ts'
import type { NameRun, NameWord } from './name-words.ts'
import type { RunView } from './run-features.ts'

/** The text around a run and what is known of it. */
export interface Surroundings {
  readonly text: string
  /** What follows the text, as far as it was read. */
  readonly behind: string
  readonly direction: Direction
  readonly lexicon: NameLexicon
  readonly confirmed: ConfirmedNames
  /** The cues of the text. */
  readonly cues: CuesOfText
  /** Where the text begins in the whole answer. */
  readonly base: number
}

const cueNumbers: Readonly<Record<Cue, number>> = {
  none: 0,
  medium: 1,
  person: 2,
  title: 3,
  strong: 4,
}

/** Looks at a short run of words as if nothing else in capitals stood around it. */
export function viewRun(run: NameRun, around: Surroundings): RunView {
  const { text, behind, lexicon } = around
  const evidence = new Evidence(run, around)
  const cue = cueNumbers[evidence.cueBefore(0)]
  return { text, behind, run, lexicon, cue, marks: ruleMarks(run, evidence) }
}

/** What the rules find: 0 for words of no name, else a mark of the name's score and whether the word begins it. */
function ruleMarks(run: NameRun, evidence: RunEvidence): Uint8Array {
  const marks = new Uint8Array(run.length)
  for (let from = 0; from < run.length; ) {
    const name = nameInRun(run, from, evidence)
    if (name === null) break
    const grade = (name.score - 650) / 50
    for (let word = name.first; word <= name.last; word += 1)
      marks[word] = 1 + grade * 2 + (word === name.first ? 0 : 1)
    from = name.last + 1
  }
  return marks
}

/** Score that a mark of the rules stands for, in thousandths; 0 for none. */
export function markScore(mark: number): number {
  return mark === 0 ? 0 : 650 + 50 * ((mark - 1) >> 1)
}

/** True for the mark of a name's first word. */
export function beginsName(mark: number): boolean {
  return mark % 2 === 1
}

class Evidence implements RunEvidence {
  readonly #run: NameRun
  readonly #around: Surroundings
  #isWholeText: boolean | undefined

  constructor(run: NameRun, around: Surroundings) {
    this.#run = run
    this.#around = around
  }

  get isWholeText(): boolean {
    const { text, direction } = this.#around
    this.#isWholeText ??= direction === 'request' && isWhole(text, this.#run)
    return this.#isWholeText
  }

  cueBefore(index: number): Cue {
    const { text, cues } = this.#around
    const start = this.#run[index]?.start ?? 0
    return cues.before(text, start)
  }

  cueBehind(index: number): boolean {
    const { text, direction } = this.#around
    return direction === 'request' && nameCueBehind(text, this.#run[index]?.end ?? text.length)
  }

  afterArticle(index: number): boolean {
    const start = this.#run[index]?.start ?? 0
    const { text } = this.#around
    return (
      text.charCodeAt(start - 1) === 32 && article.test(text.slice(Math.max(0, start - 5), start))
    )
  }

  isConfirmed(word: NameWord): boolean {
    const { confirmed, base } = this.#around
    return confirmed.has(word, base) && !word.known.isInstitution
  }
}

const article = /\b(?:the|an?) $/i

function isWhole(text: string, run: NameRun): boolean {
  const start = run[0]?.start ?? 0
  const end = run.at(-1)?.end ?? text.length
  if (start > 2 || text.length - end > 2 || run.length > 4) return false
  return /^[\s"']*$/.test(text.slice(0, start)) && /^[\s.!"']*$/.test(text.slice(end))
}
