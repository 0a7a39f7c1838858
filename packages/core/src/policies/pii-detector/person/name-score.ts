import { notPeople } from './ambiguous-names.ts'
import type { KnownWord } from './known-word.ts'
import type { Cue } from './name-cues.ts'
import type { NameWord } from './name-words.ts'

/** What the words around and the rest of the text say about a run of capitalised words. */
export interface RunEvidence {
  /** The cue right before word `index` of the run. */
  cueBefore(index: number): Cue
  /** True when the words behind word `index` speak of a person. */
  cueBehind(index: number): boolean
  /** True when an article stands before word `index`. */
  afterArticle(index: number): boolean
  /** True when the run is the whole message. */
  readonly isWholeText: boolean
  /** True when the word is known to belong to a person of this text: a confirmed mention, an e-mail address. */
  isConfirmed(word: NameWord): boolean
}

/** Words that may be a name, and their place in a run. */
export interface Candidate {
  readonly words: readonly NameWord[]
  /** Index of the first and the last word in the run. */
  readonly first: number
  readonly last: number
  /** A title stands before. */
  readonly titled: boolean
  /** The word before, in lower case. */
  readonly before: string
  /** A word such as `University` follows. */
  readonly institution: boolean
}

/** How surely the candidate names a person, in thousandths; 0 when it does not. */
export function nameScore(candidate: Candidate, evidence: RunEvidence): number {
  const { words, before, institution } = candidate
  const [head, second] = words
  if (head === undefined) return 0
  if (second !== undefined && isNoPerson(head.lower, second.lower)) return 0
  if (before !== '' && isNoPerson(before, head.lower)) return 0
  if (head.known.isCapitals) return capitalsScore(candidate, evidence)
  if (!head.initial && !head.known.hasNameShape) return 0
  // What the words say themselves comes first: looking at the words around costs more.
  if (!institution) {
    const own =
      second === undefined ? aloneScore(candidate, evidence) : pairScore(candidate, evidence)
    if (own > 0) return own
    if (isConfirmed(words, evidence)) return 850
  }
  return announcedScore(candidate, evidence)
}

/** Behind or before a cue. */
function announcedScore(candidate: Candidate, evidence: RunEvidence): number {
  const head = candidate.words[0]
  if (head === undefined || head.initial) return 0
  const cue = candidate.titled ? 'title' : evidence.cueBefore(candidate.first)
  const introduced = introducedScore(candidate, cue)
  if (introduced > 0 || candidate.institution) return introduced
  const facts = head.known
  const isPlainPair = candidate.words.length > 1 && areAllPlain(candidate.words)
  if (facts.isOrdinary || !(isPlainPair || isKnown(facts))) return 0
  if (evidence.isWholeText) return 750
  return evidence.cueBehind(candidate.last) ? 800 : 0
}

/** Right behind a cue: the weaker it is, the more the words must look like a name. */
function introducedScore({ words }: Candidate, cue: Cue): number {
  const head = words[0]
  if (head === undefined) return 0
  const facts = head.known
  switch (cue) {
    case 'strong':
      return mayBeIntroduced(head, facts) ? 950 : 0
    case 'title':
      return !facts.isOrdinary || isKnown(facts) ? 950 : 0
    case 'person':
      return namesPerson(words, facts) ? 850 : 0
    case 'medium':
      return !facts.isOrdinary && facts.first > 0 ? 850 : 0
    case 'none':
      return 0
  }
}

/** After `spoke with`, `under`: a first name, or two words that are nothing else, or a first name and one such word. */
function namesPerson(words: readonly NameWord[], head: KnownWord): boolean {
  if (areAllPlain(words)) return words.length > 1 || head.first > 0
  return head.first > 0 && words.length > 1 && areAllPlain(words.slice(1))
}

/** After `my name is`, `I am`: a frequent first name, whatever else it means, or a word that is nothing else. */
function mayBeIntroduced(head: NameWord, facts: KnownWord): boolean {
  if (facts.isOrdinary) return facts.first === 2
  return isKnown(facts) || !/(?:ian|ish|ese|ean|ic|ist)$/.test(head.lower)
}

function isConfirmed(words: readonly NameWord[], evidence: RunEvidence): boolean {
  const head = words[0]
  if (head === undefined) return false
  const facts = head.known
  const mayLead = !facts.isOrdinary || facts.first > 0
  return mayLead && words.some((word) => evidence.isConfirmed(word))
}

/** One capitalised word without a cue. */
function aloneScore({ words, first }: Candidate, evidence: RunEvidence): number {
  const head = words[0]
  if (head === undefined || head.initial) return 0
  const facts = head.known
  return !facts.isOrdinary && facts.first > 0 && !evidence.afterArticle(first) ? 700 : 0
}

/** Two or more words without a cue. */
function pairScore(candidate: Candidate, evidence: RunEvidence): number {
  const { words } = candidate
  const [head, middle] = words
  const surname = lastFullWord(words)
  if (head === undefined) return 0
  if (surname === undefined) return aloneScore(candidate, evidence)
  const family = surname.known
  const plainFamilyName = family.last > 0 && !family.isOrdinary
  if (head.initial) return plainFamilyName ? 800 : 0
  const facts = head.known
  if (facts.isOrdinary) return facts.first > 0 && plainFamilyName ? 800 : 0
  if (facts.first > 0) return 900
  const hasInitial = words.length === 3 && middle?.initial === true
  const looksLikeName = family.last > 0 || hasInitial || surnameEnding.test(surname.lower)
  return !family.isOrdinary && looksLikeName ? 700 : 0
}

// Endings that surnames have in other countries and that other words hardly have.
const surnameEnding =
  /(?:ov[aá]|ev[aá]|[ií]ć|[aeo]vi[cč]|sk[iaáý]|wicz|s?son|sen|d[oó]ttir|enko|chuk|yan|idis|akis|opoulos|escu|eanu|o[gğ]lu|nen|qvist|quist|ström|gaard|mann|shvili|adze)$/

/** `JOHN SMITH`: both words must be known names, for headings are written in capitals too. */
function capitalsScore({ words, first: place }: Candidate, evidence: RunEvidence): number {
  const [head] = words
  const surname = words.length > 1 ? words.at(-1) : undefined
  if (head === undefined || head.written.length < 3) return 0
  const facts = head.known
  if (facts.isOrdinary || facts.first === 0) return 0
  if (surname === undefined) return evidence.cueBefore(place) === 'strong' ? 850 : 0
  return surname.known.last > 0 ? 800 : 0
}

function isKnown({ first, last }: KnownWord): boolean {
  return first + last > 0
}

/** True when none of the words is one of ordinary text; initials aside. */
function areAllPlain(words: readonly NameWord[]): boolean {
  let full = 0
  for (const { known } of words) {
    if (known.initial) continue
    if (known.isOrdinary) return false
    full += 1
  }
  return full > 0
}

/** The last word behind the first one that is no initial. */
function lastFullWord(words: readonly NameWord[]): NameWord | undefined {
  for (let index = words.length - 1; index > 0; index -= 1)
    if (words[index]?.initial === false) return words[index]
  return undefined
}

function isNoPerson(first: string, second: string): boolean {
  return notPeople.has(`${first}_${second}`)
}
