import { decodeEscapesInSteps } from './decode-escapes.ts'
import { decodeRareEscapes } from './decode-rare-escapes.ts'
import { decodeRuns } from './decode-runs.ts'
import { decodeHidden } from './hidden-text.ts'
import { joinSpaced } from './join-spaced.ts'
import type { MappedText } from './mapped-text.ts'
import { composeMapped } from './mapped-text.ts'
import { normalizeInSteps } from './normalize.ts'
import { readCiphers } from './read-ciphers.ts'
import { readLeet } from './read-leet.ts'
import type { Steps } from './steps.ts'
import { finishSteps } from './steps.ts'
import type { Triggers } from './triggers.ts'
import { findTriggers } from './triggers.ts'

/** How a view was read out of a text. */
type ViewName = 'hidden' | 'escapes' | 'encoded' | 'leet' | 'spaced' | 'rotated' | 'reversed'

/** Another reading of a text, with the way back to the text's offsets. */
export interface View {
  readonly name: ViewName
  readonly mapped: MappedText
}

/** Which disguises are undone; both default to true. */
export interface ViewOptions {
  /** Decode base64, base32, hexadecimal, binary and rows of character codes. */
  readonly encodings?: boolean
  /** Decode escapes, hidden characters, spaced-out, leet, rotated and reversed text. */
  readonly disguises?: boolean
}

/** What is hidden in a decoded text is read too, once. */
const LEVELS = 2

/**
 * Every other reading of `text` that a quick look says is worth making; none for ordinary text. The README of this folder
 * lists them with what opens each and what it costs. At most 20 views, all together at most 24 times the text. Linear.
 */
export function disguisedViews(text: string, options: ViewOptions = {}): View[] {
  return finishSteps(disguisedViewsInSteps(text, options))
}

/** The same, in steps. */
export function* disguisedViewsInSteps(text: string, options: ViewOptions = {}): Steps<View[]> {
  const { encodings = true, disguises = true } = options
  return yield* viewsOf(text, { encodings, disguises }, LEVELS)
}

function* viewsOf(text: string, options: Required<ViewOptions>, levels: number): Steps<View[]> {
  const views: View[] = []
  const hidden = options.disguises ? yield* decodeHidden(text) : undefined
  if (hidden !== undefined) {
    yield* addDecoded(views, { name: 'hidden', mapped: hidden }, options, levels)
  }
  yield
  const plain = yield* normalizeInSteps(text)
  const readable = options.disguises ? yield* withoutEscapes(plain) : plain
  if (readable !== plain) views.push({ name: 'escapes', mapped: readable })
  const triggers = yield* findTriggers(readable.text)
  if (options.encodings && (triggers.runs || triggers.numbers)) {
    const encoded = yield* decodeRuns(readable.text)
    if (encoded !== undefined) {
      const view: View = { name: 'encoded', mapped: composeMapped(readable, encoded) }
      yield* addDecoded(views, view, { ...options, encodings: false }, levels)
    }
  }
  if (!options.disguises) return views
  for (const { name, mapped } of yield* letterViews(readable.text, triggers)) {
    views.push({ name, mapped: composeMapped(readable, mapped) })
  }
  return views
}

/** The readings of a text whose letters are written in another way. */
function* letterViews(text: string, triggers: Triggers): Steps<View[]> {
  const views: View[] = []
  const spaced = triggers.spaced || triggers.runs ? yield* joinSpaced(text) : undefined
  if (spaced !== undefined) {
    views.push({ name: 'spaced', mapped: spaced })
    const leet = yield* readLeet(spaced.text)
    if (leet !== undefined) views.push({ name: 'leet', mapped: composeMapped(spaced, leet) })
  }
  const leet = triggers.leet ? yield* readLeet(text) : undefined
  if (leet !== undefined) views.push({ name: 'leet', mapped: leet })
  if (triggers.strange !== undefined) views.push(...(yield* readCiphers(text, triggers.strange)))
  return views
}

/** Adds a text that was decoded, and what is disguised in it. */
function* addDecoded(
  views: View[],
  view: View,
  options: Required<ViewOptions>,
  levels: number,
): Steps<void> {
  views.push(view)
  if (levels === 1) return
  for (const { name, mapped } of yield* viewsOf(view.mapped.text, options, levels - 1)) {
    views.push({ name, mapped: composeMapped(view.mapped, mapped) })
  }
}

/** Escapes decoded, twice where what they spell are escapes again. */
function* withoutEscapes(plain: MappedText): Steps<MappedText> {
  let readable = plain
  for (let round = 0; round < 2; round++) {
    const decoded = yield* decodeEscapesInSteps(readable.text)
    if (decoded === undefined) break
    readable = composeMapped(readable, decoded)
    yield
  }
  const rare = yield* decodeRareEscapes(readable.text)
  return rare === undefined ? readable : composeMapped(readable, rare)
}
