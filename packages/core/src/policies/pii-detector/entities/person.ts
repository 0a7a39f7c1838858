import type { Span } from '../../../text/span.ts'
import type { Detected, DetectorWindow, Inspection } from '../entity-detector.ts'
import { ConfirmedNames } from '../person/confirmed-names.ts'
import { CuesOfText } from '../person/cues-of-text.ts'
import { KnownWord } from '../person/known-word.ts'
import { lowerCaseNames, lowerCasePairs } from '../person/lower-case-names.ts'
import { nameLexicon } from '../person/name-lexicon.ts'
import { nameRuns } from '../person/name-words.ts'
import type { NameTagger } from '../person/names-in-run.ts'
import { namesInRun } from '../person/names-in-run.ts'
import { eagerness } from '../person/person-mode.ts'
import type { Surroundings } from '../person/run-view.ts'
import { taggerWeights } from '../person/tagger-model.ts'

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
  return word === undefined || new KnownWord(word, false, nameLexicon()).mayBeName
}

const plainCapitalised = /^[A-Z][A-Za-z]*(?=[.,!?:;)"]*$)/

/**
 * Finds names of people: a tagger weighs name lists, the letters of words, what stands beside them, cues and what the
 * rules say. On requests the rules also use the e-mail addresses of the text and all earlier mentions; on answers what
 * stands before, and the word behind as far as it was read.
 */
export function findPersons(inspection: Inspection): Detected[] {
  const { text, claims } = inspection
  const lexicon = nameLexicon()
  const found: Detected[] = []
  const around = surroundings(inspection)
  const tagger = taggerFor(around, inspection)
  for (const run of nameRuns(text, inspection.part?.from)) {
    for (const { start, end, score } of namesInRun(run, around, tagger))
      found.push(person({ start, end }, score))
  }
  if (inspection.part?.lowerCase === false) return found
  for (const span of [...lowerCaseNames(text, lexicon), ...lowerCasePairs(text, lexicon)]) {
    if (claims.isFree(span.start, span.end)) found.push(person(span, 750))
  }
  return found
}

function surroundings(inspection: Inspection): Surroundings {
  const { text, direction, part } = inspection
  return {
    text,
    behind: part?.behind ?? '',
    direction,
    lexicon: nameLexicon(),
    confirmed: confirmedNames(inspection),
    cues: new CuesOfText(),
    base: part?.base ?? 0,
  }
}

function taggerFor({ confirmed, base }: Surroundings, inspection: Inspection): NameTagger {
  return {
    weights: taggerWeights(),
    eager: eagerness[inspection.personMode ?? 'balanced'],
    accepts: (span, score) => !isSomethingElse(inspection, span, score),
    found: (words, score) => {
      if (score >= 800) confirmed.add(words, base)
    },
  }
}

function confirmedNames({ direction, mailboxes, part }: Inspection): ConfirmedNames {
  if (part !== undefined) return part.names
  return direction === 'response'
    ? new ConfirmedNames(window.lookBehind)
    : new ConfirmedNames(Number.POSITIVE_INFINITY, mailboxes)
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

function person({ start, end }: Span, score: number): Detected {
  return { rule: 'person-name', type: 'PERSON', start, end, score }
}
