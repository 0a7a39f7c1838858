import type { Span } from '../../../text/span.ts'
import type { CueWindow } from './lower-case-cues.ts'
import { cueWindows } from './lower-case-cues.ts'
import type { NameLexicon } from './name-lexicon.ts'

const cue = String.raw`\b(?:my (?:full |first |last |real )?name(?:'s|’s| is|:)|name is|name:|(?:under|in|on|by) (?:the |my )?name(?: of| is)?|i am|i'm|i’m|this is|call me|(?:he|she|they) (?:named|called) (?:him|her|them)|(?:mr|mrs|ms|dr)\.?)`
const word = String.raw` (\p{Ll}{2,20}(?:['’-]\p{Ll}{1,20})?)(?![\p{L}\p{N}_@'’-])`
const announced = new RegExp(`${cue}${word}(?:${word})?(?:${word})?`, 'giu')
const cueAtEnd = new RegExp(`${cue} $`, 'iu')
const sure = /name|^(?:mr|mrs|ms|dr)\b/i

const wordAfter = /[a-z]{3,16}(?![\w@'/-])/y

const cueEndings = new Set(
  "name's name’s name is is: name: of am i'm i’m me him her them mr mr. mrs mrs. ms ms. dr dr.".split(
    ' ',
  ),
)

/** True for the last word of what may announce a name in lower case: look at the words before it then. */
export function mayEndCue(word: string): boolean {
  return cueEndings.has(word)
}

/** True when `before` ends with words that announce a name in lower case, and a space. */
export function announcesLowerCase(before: string): boolean {
  return cueAtEnd.test(before)
}

/** True for a frequent first name that is nothing else: a last name behind it makes a pair. */
export function mayLeadPair(first: string, lexicon: NameLexicon): boolean {
  return lexicon.firstName(first) === 2 && !lexicon.isOrdinary(first)
}

/** Frequent first names followed by a last name, both of which are nothing else: `john smith`. Linear. */
export function lowerCasePairs(text: string, lexicon: NameLexicon): Span[] {
  const found: Span[] = []
  for (let space = text.indexOf(' '); space >= 0; space = text.indexOf(' ', space + 1)) {
    if (!isLower(text.charCodeAt(space + 1))) continue
    const start = startOfWord(text, space)
    if (start < 0 || !mayLeadPair(text.slice(start, space), lexicon)) continue
    wordAfter.lastIndex = space + 1
    const last = wordAfter.exec(text)?.[0] ?? ''
    if (lexicon.lastName(last) === 0 || lexicon.isOrdinary(last)) continue
    found.push({ start, end: wordAfter.lastIndex })
  }
  return found
}

const shortestLead = 3
const longestLead = 12

/** Where the lower-case word before `end` begins, or -1 when it is none that leads a pair. */
function startOfWord(text: string, end: number): number {
  let start = end
  while (start > 0 && end - start <= longestLead && isLower(text.charCodeAt(start - 1))) start -= 1
  if (end - start < shortestLead || end - start > longestLead) return -1
  if (start === 0 || text.charCodeAt(start - 1) === 32) return start
  return tiedBefore.test(text.charAt(start - 1)) ? -1 : start
}

const tiedBefore = /[\w@.'/-]/

function isLower(code: number): boolean {
  return code >= 97 && code <= 122
}

/**
 * Names written in lower case, which need a cue right before them (`my name is maria lopez`). Linear.
 */
export function lowerCaseNames(text: string, lexicon: NameLexicon): Span[] {
  const found: Span[] = []
  // The next cue may stand in the words behind this one.
  let from = 0
  for (const window of cueWindows(text)) {
    if (window.cueEnd < from) continue
    const match = announcedIn(text, window, from)
    if (match === null) continue
    const { start, cue, words } = match
    from = start
    const count = nameLength(words, sure.test(cue), lexicon)
    if (count === 0 || words[0] !== words[0]?.toLowerCase()) continue
    found.push({ start, end: start + words.slice(0, count).join(' ').length })
  }
  return found
}

/** A cue and the words that it announces; `start` is where they begin. */
interface Announced {
  readonly start: number
  readonly cue: string
  readonly words: readonly string[]
}

/** What is announced in a window, by a cue at or after `from`. */
function announcedIn(text: string, window: CueWindow, from: number): Announced | null {
  // At its first character a window does not show what stands before.
  announced.lastIndex = Math.max(window.start > 0 ? 1 : 0, from - window.start)
  const match = announced.exec(text.slice(window.start, window.end))
  if (match === null) return null
  const words = match.slice(1).filter((word) => word !== undefined)
  const cue = match[0].slice(0, match[0].length - words.join(' ').length - 1)
  return { start: window.start + match.index + cue.length + 1, cue, words }
}

/** How many of the words are the name; 0 when none is. */
function nameLength(words: readonly string[], isSure: boolean, lexicon: NameLexicon): number {
  const [head, ...rest] = words
  if (head === undefined || lexicon.isOrdinary(head)) return 0
  if (!isSure && lexicon.firstName(head) < 2) return 0
  let count = 1
  for (const word of rest) {
    const isName = lexicon.lastName(word) > 0 || lexicon.firstName(word) > 0
    if (lexicon.isOrdinary(word) || !isName) break
    count += 1
  }
  return count
}
