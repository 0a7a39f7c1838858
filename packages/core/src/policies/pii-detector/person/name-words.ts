import type { Span } from '../../../text/span.ts'

/** A capitalised word of the text, a candidate for a part of a name. */
export interface NameWord extends Span {
  /** As written, without a possessive `'s`. */
  readonly written: string
  /** In lower case and without apostrophes, as the name lists have it. */
  readonly lower: string
  /** One letter, as in `J.`; `end` includes the dot. */
  readonly initial: boolean
}

/** Capitalised words that follow one another with nothing but a space (or a particle such as `van der`) between them. */
export type NameRun = readonly NameWord[]

const capitalised =
  /(?<![\p{L}\p{M}\p{N}_@#/\\.$-])\p{Lu}[\p{L}\p{M}]*(?:['’-]\p{L}[\p{L}\p{M}]*)*/gu
// The same for plain ASCII text, several times as fast.
const asciiCapitalised = /(?<![A-Za-z0-9_@#/\\.$-])[A-Z][A-Za-z]*(?:['-][A-Za-z]+)*/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: "anything but ASCII" includes its control characters
const nonAscii = /[^\x00-\x7f]/
const particles =
  'de|da|do|dos|das|del|della|di|du|la|le|van|von|der|den|ten|ter|bin|ibn|al|el|y|af|zu'
const gapWithin = new RegExp(`^(?: {1,2}|\\u00a0)(?:(?:${particles})(?: |-)){0,3}$`)
const aParticle = new RegExp(`^(?:${particles})$`)
const longestWord = 32

/** True for `van`, `der`, `de`: what may stand between the words of a name. */
export function isParticle(word: string): boolean {
  return aParticle.test(word)
}

/** Runs of capitalised words that begin at or after `from`, in order. Linear. */
export function nameRuns(text: string, from = 0): NameRun[] {
  const runs: NameRun[] = []
  let run: NameWord[] = []
  const words = nonAscii.test(text) ? capitalised : asciiCapitalised
  words.lastIndex = from
  for (const match of text.matchAll(words)) {
    const word = nameWord(text, match[0], match.index)
    if (word === null) continue
    const previous = run.at(-1)
    if (previous !== undefined && !continues(text, previous, word)) {
      runs.push(run)
      run = []
    }
    run.push(word)
  }
  if (run.length > 0) runs.push(run)
  return runs
}

function continues(text: string, previous: NameWord, word: NameWord): boolean {
  if (word.start - previous.end > 16) return false
  const gap = text.slice(previous.end, word.start)
  return previous.initial ? gap === '' || gapWithin.test(gap) : gapWithin.test(gap)
}

function nameWord(text: string, match: string, start: number): NameWord | null {
  const written = match.replace(/['’][sS]?$/, '')
  if (written.length > longestWord) return null
  const end = start + written.length
  const next = text[end] ?? ''
  if (/[\p{N}_@\\]/u.test(next) || (next === '-' && written.length === 1)) return null
  const initial = written.length === 1 && next === '.'
  return {
    start,
    end: initial ? end + 1 : end,
    written,
    lower: written.toLowerCase().replace(/['’]/g, ''),
    initial,
  }
}

const nameShape =
  /^(?:\p{Lu}[\p{Ll}\p{M}]+|(?:Mc|Mac|De|Di|La|Le|Van|Fitz|O['’]|D['’]|Al-|El-)\p{Lu}[\p{Ll}\p{M}]+)(?:[-'’]\p{L}[\p{Ll}\p{M}]+)*$/u

/** True for a word written as names are: `Maria`, `O'Brien`, `McAdam`, `Jean-Luc`; not `MLflow` or `SQL`. */
export function hasNameShape(word: NameWord): boolean {
  return nameShape.test(word.written)
}

/** True for a word of two or more capitals. */
export function isCapitals(word: NameWord): boolean {
  return word.written.length > 1 && word.written === word.written.toUpperCase()
}
