import { decodeEscapes } from './decode-escapes.ts'
import { decodeRuns } from './decode-runs.ts'
import { decodeHidden } from './hidden-text.ts'
import { joinSpaced, readBackwards, readLeet, reverseWords, rotate13 } from './letter-views.ts'
import type { MappedText } from './mapped-text.ts'
import { composeMapped } from './mapped-text.ts'
import { normalizeText } from './normalize.ts'
import type { Steps } from './steps.ts'
import { finishSteps } from './steps.ts'

/** How a view was read out of a text. */
type ViewName = 'hidden' | 'escapes' | 'encoded' | 'leet' | 'spaced' | 'rot13' | 'reversed'

/** Another reading of a text, with the way back to the text's offsets. */
export interface View {
  readonly name: ViewName
  readonly mapped: MappedText
}

/** Which disguises are undone; both default to true. */
export interface ViewOptions {
  /** Decode base64, hexadecimal and binary runs. */
  readonly encodings?: boolean
  /** Decode escapes, hidden characters, spaced-out, leet, rotated and reversed text. */
  readonly disguises?: boolean
}

const COMMON_WORDS = new Set(
  'the a an to of and is in you i it for on that this with be are as not do me my your what how can or if have was de la le el die der das und que en un una les ist nicht ich es per di'.split(
    ' ',
  ),
)
// Words an attack can hardly do without: their disguised form opens the view although the text around is readable.
const TELLTALES = [
  'ignore',
  'instructions',
  'previous',
  'system',
  'prompt',
  'reveal',
  'disregard',
  'secret',
  'password',
]
const backwards = (word: string): string => [...word].reverse().join('')
const rotated = (word: string): string => rotate13(word).text
const reversedTelltales = new Set(TELLTALES.map(backwards))
const rotatedTelltales = new Set(TELLTALES.map(rotated))
// What readable text looks like in each cipher; one letter says nothing about the direction.
const knownWords = [...COMMON_WORDS, ...TELLTALES]
const rotatedWords = new Set(knownWords.map(rotated))
const reversedWords = new Set(knownWords.filter((word) => word.length > 1).map(backwards))
// Enough of a text to judge its language by.
const SAMPLE = 4_096
const MIN_WORDS = 3
const MAX_COMMON_SHARE = 0.08

/** Every other reading of `text` that a cheap test says is worth making; none for ordinary text. Linear. */
export function disguisedViews(text: string, options: ViewOptions = {}): View[] {
  return finishSteps(disguisedViewsInSteps(text, options))
}

/** The same, one reading per step. */
export function* disguisedViewsInSteps(text: string, options: ViewOptions = {}): Steps<View[]> {
  const views: View[] = []
  const add = (name: ViewName, mapped: MappedText | undefined): void => {
    if (mapped?.changed) views.push({ name, mapped })
  }
  const disguises = options.disguises !== false
  if (disguises) add('hidden', decodeHidden(text))
  yield
  const plain = normalizeText(text)
  yield
  const escapes = disguises ? decodeEscapes(plain.text) : undefined
  const readable = escapes === undefined ? plain : composeMapped(plain, decodedTwice(escapes))
  if (escapes !== undefined) add('escapes', readable)
  const chained = (mapped: MappedText | undefined): MappedText | undefined =>
    mapped && composeMapped(readable, mapped)
  yield
  if (options.encodings !== false) add('encoded', chained(decodeRuns(readable.text)))
  if (!disguises) return views
  yield
  add('leet', chained(readLeet(readable.text, 'i')))
  yield
  add('leet', chained(readLeet(readable.text, 'l')))
  yield
  add('spaced', chained(joinSpaced(readable.text)))
  for (const [name, mapped] of ciphers(readable.text)) {
    yield
    add(name, chained(mapped))
  }
  return views
}

function decodedTwice(once: MappedText): MappedText {
  const again = decodeEscapes(once.text)
  return again === undefined ? once : composeMapped(once, again)
}

function* ciphers(text: string): Iterable<[ViewName, MappedText]> {
  const words =
    text
      .slice(0, SAMPLE)
      .toLowerCase()
      .match(/[a-z]+/g) ?? []
  if (words.length < MIN_WORDS) return
  const strange = !isReadable(words, COMMON_WORDS)
  const holds = (known: ReadonlySet<string>, telltales: ReadonlySet<string>): boolean =>
    (strange && isReadable(words, known)) || words.some((word) => telltales.has(word))
  if (holds(rotatedWords, rotatedTelltales)) yield ['rot13', rotate13(text)]
  if (holds(reversedWords, reversedTelltales)) {
    yield ['reversed', readBackwards(text)]
    yield ['reversed', reverseWords(text)]
  }
}

function isReadable(words: readonly string[], known: ReadonlySet<string>): boolean {
  return words.filter((word) => known.has(word)).length > words.length * MAX_COMMON_SHARE
}
