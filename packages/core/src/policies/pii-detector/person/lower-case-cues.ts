/** Characters before the end of a cue in which it begins, one more for what stands before it. */
const cueReach = 24
/** A cue and three words of 41 characters with their spaces. */
const windowReach = 160

/** A part of a text that may hold a cue for a name in lower case. */
export interface CueWindow {
  readonly start: number
  readonly end: number
  /** Where the cue ends, if there is one. */
  readonly cueEnd: number
}

/** The parts of a text in which names in lower case may be announced: all places with the last letters of a cue. Linear. */
export function* cueWindows(text: string): Generator<CueWindow> {
  for (let space = text.indexOf(' '); space >= 0; space = text.indexOf(' ', space + 1)) {
    if (!isLetter(text.charCodeAt(space + 1)) || !mayEndCueAt(text, space)) continue
    yield {
      start: Math.max(0, space - cueReach),
      end: Math.min(text.length, space + windowReach),
      cueEnd: space,
    }
  }
}

/** By the last letters: `name's`, `this is`, `name:`, `name of`, `i am`, `i'm`, `call me`, `name`, `named him`, `mr.`, `ms`. */
function mayEndCueAt(text: string, end: number): boolean {
  const last = lowered(text, end - 1)
  const second = lowered(text, end - 2)
  switch (last) {
    case 's':
    case 'ſ':
      if (second === 'i') return text[end - 3] === ' ' && isOneOf('seſ', lowered(text, end - 4))
      if (second === 'm') return !isLetter(text.charCodeAt(end - 3))
      return isOneOf("r'’", second)
    case 'f':
      return second === 'o' && text[end - 3] === ' ' && lowered(text, end - 4) === 'e'
    case 'm':
      return second === 'a' ? text[end - 3] === ' ' : isOneOf("'’ie", second)
    case 'e':
      return second === 'm' && isOneOf(' a', lowered(text, end - 3))
    case 'r':
      if (second === 'e') return lowered(text, end - 3) === 'h'
      return isOneOf('md', second) && !isLetter(text.charCodeAt(end - 3))
    case ':':
      return isOneOf('seſ', second)
    case '.':
      return isOneOf('rsſ', second)
    default:
      return false
  }
}

function lowered(text: string, index: number): string {
  return index < 0 ? '' : text.charAt(index).toLowerCase()
}

function isOneOf(letters: string, letter: string): boolean {
  return letter !== '' && letters.includes(letter)
}

/** Anything beyond ASCII counts. */
function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code > 127
}
