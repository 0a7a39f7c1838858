import { isWordUnit } from './value-start.ts'

/** Where the cues of one list stand in a text. */
export interface CuePlaces {
  /** Where the first one begins. */
  readonly first: number
  /** Where the last one ends. */
  readonly last: number
}

/** What may be read next of all phrases that begin alike. */
interface Branch {
  readonly next: Map<number, Branch>
  /** The next word of the phrase, behind as many separators as `mostBetween` says, or none. */
  word: Branch | null
  /** Numbers of the lists with a phrase that ends here. */
  readonly lists: Set<number>
}

const mostBetween = 2
const [apostrophe, letterS] = [39, 115]
// Scripts that write words without spaces, or with endings that are words elsewhere.
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]/u

/** Finds the phrases of many lists in one pass: whole words, but for scripts without spaces, with or without a plural `s`. */
export class CueIndex {
  readonly #spaced = branch()
  readonly #unspaced = branch()

  /** Takes folded phrases; a list's number is its place. */
  constructor(lists: readonly (readonly string[])[]) {
    for (const [list, phrases] of lists.entries())
      for (const phrase of phrases) this.#add(phrase, list)
  }

  /** By the number of its list, where the phrases stand in a folded text. Linear: no phrase is long. */
  placesIn(text: string): ReadonlyMap<number, CuePlaces> {
    const places = new Map<number, CuePlaces>()
    let before = Number.NaN
    for (let index = 0; index < text.length; index += 1) {
      const unit = text.charCodeAt(index)
      if (!isWordUnit(before)) this.#follow(this.#spaced, text, index, places)
      if (unit >= 0x0e00) this.#follow(this.#unspaced, text, index, places)
      before = unit
    }
    return places
  }

  #add(phrase: string, list: number): void {
    let at = unspaced.test(phrase) ? this.#unspaced : this.#spaced
    for (const [number, word] of phrase
      .trim()
      .split(/[\s_-]+/)
      .entries()) {
      if (number > 0) at = at.word ??= branch()
      for (let index = 0; index < word.length; index += 1) {
        const unit = word.charCodeAt(index)
        const next = at.next.get(unit) ?? branch()
        at.next.set(unit, next)
        at = next
      }
    }
    at.lists.add(list)
  }

  /** Notes the phrases of a tree that begin at `start`. */
  #follow(tree: Branch, text: string, start: number, places: Map<number, CuePlaces>): void {
    const isWhole = tree === this.#spaced
    const open: Reached[] = [[tree, start]]
    for (let one = open.pop(); one !== undefined; one = open.pop()) {
      const [{ lists, next, word }, index] = one
      const end = lists.size === 0 ? -1 : isWhole ? wordEnd(text, index) : index
      if (end >= 0) for (const list of lists) note(places, list, start, end)
      const behind = next.get(text.charCodeAt(index))
      if (behind !== undefined) open.push([behind, index + 1])
      if (word !== null) open.push(...wordsFrom(word, text, index))
    }
  }
}

/** A branch, and up to where the text was read. */
type Reached = readonly [Branch, number]

/** The first letters of the next word, behind as many separators as there are, or none. */
function wordsFrom({ next }: Branch, text: string, index: number): Reached[] {
  const reached: Reached[] = []
  for (let at = index; at <= index + mostBetween; at += 1) {
    const behind = next.get(text.charCodeAt(at))
    if (behind !== undefined) reached.push([behind, at + 1])
    if (!/[\s_.-]/.test(text[at] ?? '')) break
  }
  return reached
}

function branch(): Branch {
  return { next: new Map(), word: null, lists: new Set() }
}

function note(places: Map<number, CuePlaces>, list: number, first: number, last: number): void {
  const known = places.get(list)
  places.set(list, {
    first: Math.min(first, known?.first ?? first),
    last: Math.max(last, known?.last ?? last),
  })
}

/** Where the word ends whose phrase was read up to `at`, with its plural `s`; -1 when it goes on. */
function wordEnd(text: string, at: number): number {
  const mark = text.charCodeAt(at) === apostrophe ? at + 1 : at
  if (text.charCodeAt(mark) === letterS && !isWordUnit(text.charCodeAt(mark + 1))) return mark + 1
  return isWordUnit(text.charCodeAt(at)) ? -1 : at
}
