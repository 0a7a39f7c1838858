import type { Span } from '../../../text/span.ts'
import type { NameLexicon } from './name-lexicon.ts'

const cue = String.raw`\b(?:my (?:full |first |last |real )?name(?:'s|’s| is|:)|name is|name:|(?:under|in|on|by) (?:the |my )?name(?: of| is)?|i am|i'm|i’m|this is|call me|(?:he|she|they) (?:named|called) (?:him|her|them)|(?:mr|mrs|ms|dr)\.?)`
const word = String.raw` (\p{Ll}{2,20}(?:['’-]\p{Ll}{1,20})?)(?![\p{L}\p{N}_@'’-])`
const announced = new RegExp(`${cue}${word}(?:${word})?(?:${word})?`, 'giu')
const cueAtEnd = new RegExp(`${cue} $`, 'iu')
const sure = /name|^(?:mr|mrs|ms|dr)\b/i

const wordBeforeWord = /(?<![\w@.'/-])[a-z]{3,12}(?= [a-z]{3})/g
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
  for (const match of text.matchAll(wordBeforeWord)) {
    if (!mayLeadPair(match[0], lexicon)) continue
    wordAfter.lastIndex = match.index + match[0].length + 1
    const last = wordAfter.exec(text)?.[0] ?? ''
    if (lexicon.lastName(last) === 0 || lexicon.isOrdinary(last)) continue
    found.push({ start: match.index, end: wordAfter.lastIndex })
  }
  return found
}

/**
 * Names written in lower case, which need a cue right before them (`my name is maria lopez`). Linear.
 */
export function lowerCaseNames(text: string, lexicon: NameLexicon): Span[] {
  const found: Span[] = []
  const pattern = new RegExp(announced)
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const words = match.slice(1).filter((word) => word !== undefined)
    const cue = match[0].slice(0, match[0].length - words.join(' ').length - 1)
    const start = match.index + cue.length + 1
    // The next cue may stand in the words behind this one.
    pattern.lastIndex = start
    const count = nameLength(words, sure.test(cue), lexicon)
    if (count === 0 || words[0] !== words[0]?.toLowerCase()) continue
    found.push({ start, end: start + words.slice(0, count).join(' ').length })
  }
  return found
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
