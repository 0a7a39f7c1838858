import { foldText } from '../../../text/fold.ts'

/** Characters before and behind a value in which a cue may stand. */
export const cueReach = { before: 64, after: 48 } as const
/** Words that may stand between a cue and its value. */
const mostWordsBetween = 5

/** Finds the words that announce a value. */
export interface CueWords {
  /** Characters between the last cue before `start` and `start`; `null` when there is none. */
  before(text: string, start: number, reach?: number): number | null
  /** Characters between `end` and the first cue behind it; `null` when there is none. */
  after(text: string, end: number, reach?: number): number | null
}

/** Compiles whole words and phrases, compared without case, accents and plural `s`; `-` and `_` count as spaces. */
export function cueWords(cues: readonly string[]): CueWords {
  if (cues.length === 0) return { before: () => null, after: () => null }
  const alternatives = [...new Set(cues.map(phrase))].sort((a, b) => b.length - a.length)
  const pattern = new RegExp(alternatives.join('|'), 'gu')
  return {
    before: (text, start, reach = cueReach.before) => {
      const window = folded(textBefore(text, start, reach))
      let end = -1
      for (const match of window.matchAll(pattern)) end = match.index + match[0].length
      return end === -1 ? null : gapOf(window.slice(end))
    },
    after: (text, end, reach = cueReach.after) => {
      const window = folded(textAfter(text, end, reach))
      const match = window.matchAll(pattern).next().value
      return match === undefined ? null : gapOf(window.slice(0, match.index))
    },
  }
}

function folded(window: string): string {
  return foldText(window, { homoglyphs: false }).text
}

// Scripts that write words without spaces, or with endings that are words elsewhere.
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]/u

function phrase(cue: string): string {
  const words = folded(cue.trim())
    .split(/[\s_-]+/)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
    .join('[\\s_.-]{0,2}')
  if (unspaced.test(cue)) return words
  return `(?<![\\p{L}\\p{N}])${words}(?:'?s)?(?![\\p{L}\\p{N}])`
}

function gapOf(between: string): number | null {
  const words = between.match(/[\p{L}\p{N}]+/gu)?.length ?? 0
  return words > mostWordsBetween ? null : between.length
}

/**
 * What stands before a value, back to the next digit, `@` or marker: a cue speaks for the next value only, and a text that was
 * redacted once does not read differently.
 */
function textBefore(text: string, start: number, reach: number): string {
  const from = Math.max(0, start - reach)
  const window = text.slice(from, start)
  const cut = window.search(/[0-9@\][<>*][^0-9@\][<>*]*$/)
  if (cut >= 0) return window.slice(cut + 1)
  // The rest of a word is no word.
  return /\p{L}/u.test(text[from - 1] ?? '') ? window.replace(/^[\p{L}\p{M}]+/u, '') : window
}

/** What stands behind a value in its sentence, up to the next digit, `@` or marker. */
function textAfter(text: string, end: number, reach: number): string {
  const window = text.slice(end, end + reach)
  const cut = window.search(/[0-9@\][<>*\r\n]|[.!?;](?:\s|$)/)
  if (cut >= 0) return window.slice(0, cut)
  return /\p{L}/u.test(text[end + reach] ?? '') ? window.replace(/[\p{L}\p{M}]+$/u, '') : window
}
