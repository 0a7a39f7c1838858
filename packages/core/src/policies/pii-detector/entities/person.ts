import type { Span } from '../../../text/span.ts'
import type { Detected, DetectorWindow, Inspection } from '../entity-detector.ts'
import { ConfirmedNames } from '../person/confirmed-names.ts'
import { lowerCaseNames, lowerCasePairs } from '../person/lower-case-names.ts'
import type { Cue } from '../person/name-cues.ts'
import { nameCue, nameCueBehind } from '../person/name-cues.ts'
import { mayBeNameWord, nameInRun } from '../person/name-in-run.ts'
import { nameLexicon } from '../person/name-lexicon.ts'
import type { RunEvidence } from '../person/name-score.ts'
import type { NameRun } from '../person/name-words.ts'
import { nameRuns } from '../person/name-words.ts'

/** Four words of 32 characters at most, and the words behind; cues and, on answers, earlier mentions at most 256 characters before. */
export const window: DetectorWindow = { lookBehind: 256, reach: 320 }

const technicalNoun =
  /^(?:['’]s)? (?:optimi[sz]er|algorithm|distribution|theorem|regression|classifier|test|score|matrix|filter|transform|index|syndrome|disease|method|model|layer|kernel|estimator|language|server|cluster)/i

/** True when `word`, one space behind a name, makes it a method named after somebody. */
export function beforeTechnicalNoun(word: string): boolean {
  return technicalNoun.test(` ${word}`)
}

/** False for a token with capital letters that can be no part of a name: most capitalised words only begin a sentence. */
export function mayBeOfName(token: string): boolean {
  const word = plainCapitalised.exec(token)?.[0]
  return word === undefined || mayBeNameWord(word.toLowerCase(), nameLexicon())
}

const plainCapitalised = /^[A-Z][A-Za-z]*(?=[.,!?:;)"]*$)/

/**
 * Finds names of people by name lists (US census), capitalisation and the words before them; precision before recall.
 * On requests it also uses the e-mail addresses of the text and all earlier mentions; on answers only what stands before.
 */
export function findPersons(inspection: Inspection): Detected[] {
  const { text, claims } = inspection
  const lexicon = nameLexicon()
  const confirmed = confirmedNames(inspection)
  const found: Detected[] = []
  for (const run of nameRuns(text, inspection.part?.from))
    for (const one of findInRun(run, inspection, confirmed)) found.push(one)
  if (inspection.part?.lowerCase === false) return found
  for (const span of [...lowerCaseNames(text, lexicon), ...lowerCasePairs(text, lexicon)]) {
    if (claims.isFree(span.start, span.end)) found.push(person(span, 750))
  }
  return found
}

function findInRun(run: NameRun, inspection: Inspection, confirmed: ConfirmedNames): Detected[] {
  const found: Detected[] = []
  const evidence = evidenceFor(run, inspection, confirmed)
  for (let from = 0; from < run.length; ) {
    const name = nameInRun(run, from, evidence)
    if (name === null) break
    from = name.last + 1
    const span = { start: run[name.first]?.start ?? 0, end: run[name.last]?.end ?? 0 }
    if (isSomethingElse(inspection, span, name.score)) continue
    found.push(person(span, name.score))
    if (name.score >= 800) confirmed.add(run.slice(name.first, name.last + 1), baseOf(inspection))
  }
  return found
}

function evidenceFor(run: NameRun, inspection: Inspection, confirmed: ConfirmedNames): RunEvidence {
  const { text, direction } = inspection
  const lexicon = nameLexicon()
  const isRequest = direction === 'request'
  const cues: Cue[] = []
  const startOf = (index: number) => run[index]?.start ?? 0
  return {
    lexicon,
    cueBefore: (index) => {
      cues[index] ??= nameCue(text, startOf(index))
      return cues[index]
    },
    cueBehind: (index) => isRequest && nameCueBehind(text, run[index]?.end ?? text.length),
    afterArticle: (index) =>
      article.test(text.slice(Math.max(0, startOf(index) - 5), startOf(index))),
    isWholeText: isRequest && isWhole(text, run),
    isConfirmed: (word) =>
      !lexicon.isInstitution(word.lower) && confirmed.has(word, baseOf(inspection)),
  }
}

function confirmedNames({ direction, mailboxes, part }: Inspection): ConfirmedNames {
  if (part !== undefined) return part.names
  return direction === 'response'
    ? new ConfirmedNames(window.lookBehind)
    : new ConfirmedNames(Number.POSITIVE_INFINITY, mailboxes)
}

function baseOf({ part }: Inspection): number {
  return part?.base ?? 0
}

/** A claimed place, a method named after somebody, a street. */
function isSomethingElse(inspection: Inspection, span: Span, score: number): boolean {
  const { text, claims } = inspection
  if (!claims.isFree(span.start, span.end)) return true
  if (score < 900 && technicalNoun.test(text.slice(span.end, span.end + 24))) return true
  return score < 800 && isHouseNumberBefore(inspection, span.start)
}

/** `526 Rua Franco`: a street. A number that is itself a finding does not count, for it will be a marker next time. */
function isHouseNumberBefore({ text, claims }: Inspection, start: number): boolean {
  return (
    /[0-9],? $/.test(text.slice(Math.max(0, start - 3), start)) && claims.isFree(start - 3, start)
  )
}

const article = /\b(?:the|an?) $/i

function isWhole(text: string, run: NameRun): boolean {
  const start = run[0]?.start ?? 0
  const end = run.at(-1)?.end ?? text.length
  if (start > 2 || text.length - end > 2 || run.length > 4) return false
  return /^[\s"']*$/.test(text.slice(0, start)) && /^[\s.!"']*$/.test(text.slice(end))
}

function person({ start, end }: Span, score: number): Detected {
  return { rule: 'person-name', type: 'PERSON', start, end, score }
}
