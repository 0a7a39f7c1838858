import { foldText } from '../../../text/fold.ts'
import type { CuePlaces } from './cue-index.ts'
import { CueIndex } from './cue-index.ts'

/** Characters before and behind a value in which a cue may stand. */
export const cueReach = { before: 64, after: 48 } as const
/** Words that may stand between a cue and its value. */
const mostWordsBetween = 5

/** Finds the words that announce values, for one list of cues. */
export interface CueWords {
  /** Characters between the last cue in a text before a value and the value; `null` when there is none near enough. */
  before(window: string): number | null
  /** Characters between a value and the first cue in a text behind it; `null` when there is none near enough. */
  after(window: string): number | null
}

/** Compiles whole words and phrases, compared without case, accents and plural `s`; `-` and `_` count as spaces. */
export function cueWords(cues: readonly string[]): CueWords {
  const index = cueIndex([cues])
  return {
    before: (window) => gapBefore(index.placesIn(window).get(0), window),
    after: (window) => gapBehind(index.placesIn(window).get(0), window),
  }
}

/** The same for many lists at once. */
export function cueIndex(lists: readonly (readonly string[])[]): CueIndex {
  return new CueIndex(lists.map((cues) => cues.map(folded)))
}

/** Characters between the last cue in a text before a value and the value; `null` when there is none near enough. */
export function gapBefore(places: CuePlaces | undefined, window: string): number | null {
  return places === undefined ? null : gapOf(window.slice(places.last))
}

/** Characters between a value and the first cue in a text behind it; `null` when there is none near enough. */
export function gapBehind(places: CuePlaces | undefined, window: string): number | null {
  return places === undefined ? null : gapOf(window.slice(0, places.first))
}

function folded(window: string): string {
  return foldText(window, { homoglyphs: false }).text
}

function gapOf(between: string): number | null {
  const words = between.match(/[\p{L}\p{N}]+/gu)?.length ?? 0
  return words > mostWordsBetween ? null : between.length
}

/**
 * What stands before a value, as cues are compared, back to the next digit, `@` or marker: a cue speaks for the next value only,
 * and a text that was redacted once does not read differently. `reach` in characters.
 */
export function windowBefore(text: string, start: number, reach: number = cueReach.before): string {
  const from = Math.max(0, start - reach)
  const window = text.slice(from, start)
  const cut = window.search(/[0-9@\][<>*][^0-9@\][<>*]*$/)
  if (cut >= 0) return folded(window.slice(cut + 1))
  // The rest of a word is no word.
  const isCut = /\p{L}/u.test(text[from - 1] ?? '')
  return folded(isCut ? window.replace(/^[\p{L}\p{M}]+/u, '') : window)
}

/** What stands behind a value in its sentence, as cues are compared, up to the next digit, `@` or marker. */
export function windowAfter(text: string, end: number, reach: number = cueReach.after): string {
  const window = text.slice(end, end + reach)
  const cut = window.search(/[0-9@\][<>*\r\n]|[.!?;](?:\s|$)/)
  if (cut >= 0) return folded(window.slice(0, cut))
  const isCut = /\p{L}/u.test(text[end + reach] ?? '')
  return folded(isCut ? window.replace(/[\p{L}\p{M}]+$/u, '') : window)
}
