import { foldText } from '../../../text/fold.ts'
import type { MappedText } from '../../../text/mapped-text.ts'
import { composeMapped, MappedTextBuilder } from '../../../text/mapped-text.ts'
import type { Span } from '../../../text/span.ts'
import { nearestFrom } from './edit-distance.ts'
import type { Term, TermOptions } from './term.ts'
import { foldTerms } from './term.ts'
import { TermAutomaton } from './term-automaton.ts'

/** A term in a text. */
export interface TermHit extends Span {
  readonly distance: number
}

/** A piece of a term that a text within the term's distance must hold, as it is. */
interface Piece {
  readonly text: string
  readonly term: Term
  /** Where it stands in the term. */
  readonly offset: number
}

/** Terms that are looked for together, compiled once. */
export class TermSet {
  /** Longest stretch of folded text that is looked at from where a hit begins. */
  readonly longest: number
  /** True when a text may differ from its term. */
  readonly isFuzzy: boolean
  readonly #pieces: readonly (readonly Piece[])[]
  readonly #automaton: TermAutomaton

  constructor(terms: readonly string[], options: TermOptions) {
    const folded = foldTerms(terms, options)
    this.longest = folded.reduce(
      (most, one) => Math.max(most, one.text.length + 2 * one.distance),
      0,
    )
    this.isFuzzy = folded.some(({ distance }) => distance > 0)
    const byText = new Map<string, Piece[]>()
    for (const piece of folded.flatMap(piecesOf))
      byText.set(piece.text, [...(byText.get(piece.text) ?? []), piece])
    this.#pieces = [...byText.values()]
    this.#automaton = new TermAutomaton([...byText.keys()])
  }

  /** All terms in a folded text (see `foldForTerms`), whole words only, in no order. */
  *find(text: string): Iterable<TermHit> {
    const tried = new Set<string>()
    let state = 0
    for (let index = 0; index < text.length; index += 1) {
      state = this.#automaton.step(state, text.charCodeAt(index))
      for (const word of this.#automaton.wordsAt(state))
        for (const piece of this.#pieces[word] ?? [])
          yield* hitsOf(piece, { text, start: index + 1 - piece.text.length }, tried)
    }
  }

  /** Where in a folded text the first term begins that its end may have cut; its length when none. */
  openStart(text: string): number {
    let state = 0
    for (let index = 0; index < text.length; index += 1)
      state = this.#automaton.step(state, text.charCodeAt(index))
    return text.length - this.#automaton.depth(state)
  }
}

/**
 * A term in one piece, or in one more than it may have edits: then at least one piece stands in the text as it is. A swap may
 * fall on two pieces: so each piece is also looked for with its first or last character swapped away.
 */
function piecesOf(term: Term): Piece[] {
  const { text, distance } = term
  const count = distance + 1
  const pieces: Piece[] = []
  for (let number = 0; number < count; number += 1) {
    const from = Math.floor((number * text.length) / count)
    const to = Math.floor(((number + 1) * text.length) / count)
    const own = text.slice(from, to)
    const heads = number > 0 ? [own, (text[from - 1] ?? '') + own.slice(1)] : [own]
    const variants = heads.flatMap((head) =>
      number < count - 1 ? [head, head.slice(0, -1) + (text[to] ?? '')] : [head],
    )
    for (const variant of new Set(variants)) pieces.push({ text: variant, term, offset: from })
  }
  return pieces
}

/** The hits of a piece's term around the place where the piece stands. */
function* hitsOf(
  { term, offset }: Piece,
  { text, start }: { readonly text: string; readonly start: number },
  tried: Set<string>,
): Iterable<TermHit> {
  const { distance: most } = term
  const ends = (end: number): boolean => mayEnd(text, end, term.text.at(-1) ?? '')
  const nearest = (from: number) =>
    nearestFrom(term.text, { text, start: from }, { most, mayEnd: ends })
  for (let from = start - offset - most; from <= start - offset + most; from += 1) {
    if (from < 0 || !mayBegin(text, from, term.text[0] ?? '')) continue
    if (most === 0) {
      const end = from + term.text.length
      if (ends(end)) yield { start: from, end, distance: 0 }
      continue
    }
    const key = `${from} ${term.text}`
    if (tried.has(key)) continue
    tried.add(key)
    const found = nearest(from)
    if (found === null || isBetterBehind(from, found.distance)) continue
    yield { start: from, end: from + found.length, distance: found.distance }
  }

  /** True when what stands before the term is only an edit away: the term itself begins behind it. */
  function isBetterBehind(from: number, distance: number): boolean {
    for (let later = from + 1; later <= from + distance; later += 1) {
      if (!mayBegin(text, later, term.text[0] ?? '')) continue
      if ((nearest(later)?.distance ?? distance) < distance) return true
    }
    return false
  }
}

const wordCharacter = /[\p{L}\p{N}]/u

/** True where a hit may begin: a word does, or the term begins with something else. */
function mayBegin(text: string, at: number, first: string): boolean {
  return !wordCharacter.test(first) || (isWord(text, at) && !isWord(text, at - 1))
}

function mayEnd(text: string, at: number, last: string): boolean {
  return !wordCharacter.test(last) || (isWord(text, at - 1) && !isWord(text, at))
}

function isWord(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (Number.isNaN(code)) return false
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 48 && code <= 57)
  return (code & 0xf800) === 0xd800 || wordCharacter.test(text[at] ?? '')
}

const space = /\s{2,}|[^\S ]/g

/**
 * A text as terms are looked for in it: folded, with every stretch of white space made one space, so that terms of several
 * words fit across line breaks. With `homoglyphs` letters of other scripts are read as the Latin ones they look like.
 */
export function foldForTerms(text: string, { homoglyphs }: { homoglyphs: boolean }): MappedText {
  const folded = foldText(text, { homoglyphs })
  if (!/\s{2}|[^\S ]/.test(folded.text)) return folded
  const builder = new MappedTextBuilder(folded.text)
  let copied = 0
  for (const { index, 0: white } of folded.text.matchAll(space)) {
    builder.copy(copied, index)
    copied = index + white.length
    builder.replace(' ', index, copied)
  }
  builder.copy(copied, folded.text.length)
  return composeMapped(folded, builder.build())
}
