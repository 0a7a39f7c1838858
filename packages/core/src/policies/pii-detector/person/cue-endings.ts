/** What a cue may be, of the word that it ends with: each bit is one kind of pattern. */
export const cueKind = { title: 1, strong: 2, person: 4, medium: 8, greeting: 16, any: 31 } as const

/** Between a cue and its name stand at most this many spaces, marks and line ends. */
const longestGap = 8
const longestWord = 16

/**
 * The kinds of cue that may end right before `start`, by the last word before it: most words end none. Never misses
 * one; a word with letters beyond ASCII may be any.
 */
export function mayEndWithCue(text: string, start: number): number {
  let end = start
  while (end > 0 && start - end <= longestGap && isBetween(text.charCodeAt(end - 1))) end -= 1
  let from = end
  while (from > 0 && end - from <= longestWord && isAsciiLetter(text.charCodeAt(from - 1)))
    from -= 1
  if (from > 0 && isBeyondAscii(text.charCodeAt(from - 1))) return cueKind.any
  if (from === end) return 0
  return endings.get(text.slice(from, end).toLowerCase()) ?? 0
}

function isBetween(code: number): boolean {
  switch (code) {
    case 32: // space
    case 9: // tab
    case 10: // line end
    case 34: // "
    case 39: // '
    case 0x201c:
    case 0x2018:
    case 44: // ,
    case 46: // .
    case 33: // !
    case 63: // ?
    case 58: // :
    case 61: // =
    case 45: // -
      return true
    default:
      return false
  }
}

function isAsciiLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90)
}

// A right quotation mark stands for an apostrophe before a last `s`.
function isBeyondAscii(code: number): boolean {
  return code > 127 && code !== 0x2019
}

/** The last words of the patterns of `name-cues.ts`, without what is beyond ASCII. */
const lastWords: readonly (readonly [number, string])[] = [
  [
    cueKind.strong,
    `s is was be are as of under name names surname bin ist appelle suis est llamo es soy chiamo nome chamo heisse
    heet heter hedder on se este geehrte geehrter liebe lieber cher estimado estimada querido querida gentile caro cara
    prezado prezada beste dear am m named called christened him her me wife husband son daughter brother sister mother
    father mom dad mum friend boss manager colleague neighbor neighbour boyfriend girlfriend fiance fiancee cousin uncle
    aunt lawyer teacher roommate coworker worker from to cc bcc attn patient customer client employee contact author
    sender recipient signed applicant passenger guest regards wishes thanks sincerely yours truly faithfully respectfully
    cheers you best love`,
  ],
  [
    cueKind.person,
    `for under by of is starring featuring producer director author singer actor actress guitarist drummer to with met
    married told asked as called named o name partner kid child spouse ex client patient tenant landlord assistant s`,
  ],
  [
    cueKind.medium,
    `by for with and to from add pay send transfer patient patients customer client employee tenant borrower applicant
    candidate student claimant defendant plaintiff witness guest passenger member suspect cardholder beneficiary payee
    recipient holder attn contact met said says`,
  ],
  [
    cueKind.greeting,
    `dear hi hello hey hiya thanks you thx cheers morning afternoon evening welcome congrats congratulations sorry ok okay
    yes no bye goodbye`,
  ],
]

const endings = new Map<string, number>()
for (const [kind, words] of lastWords) addEndings(words.split(/\s+/), kind)

/** Makes words the last ones of cues of a kind. */
export function addEndings(words: readonly string[], kind: number): void {
  for (const word of words) endings.set(word, (endings.get(word) ?? 0) | kind)
}
