import type { MappedText } from './mapped-text.ts'
import { MappedTextBuilder } from './mapped-text.ts'
import type { Steps } from './steps.ts'

/** A stretch of a text and what stands in its place in a reading. */
export interface Change {
  readonly start: number
  readonly end: number
  readonly plain: string
}

// Undisguised words around belong to the disguised sentence, honest sentences around drown it.
const MARGIN = 48
const STEP = 5_000

/**
 * The text with `changes`, which are in order and do not overlap. Where they stand in less than half of it, only that part,
 * with a few words around: what is disguised is judged apart from the text around it.
 */
export function* readChanged(
  text: string,
  changes: readonly Change[],
): Steps<MappedText | undefined> {
  const first = changes[0]
  const last = changes.at(-1)
  if (first === undefined || last === undefined) return undefined
  const { from, to } = around(text, first.start, last.end)
  const builder = new MappedTextBuilder(text)
  let copied = from
  let done = 0
  for (const { start, end, plain } of changes) {
    done += 1
    if (done % STEP === 0) yield
    builder.copy(copied, start)
    builder.replace(plain, start, end)
    copied = end
  }
  builder.copy(copied, to)
  return builder.build()
}

/** All of the text, or `start` to `end` with a margin when that is less than half of it. */
export function around(text: string, start: number, end: number): { from: number; to: number } {
  if ((end - start) * 2 >= text.length) return { from: 0, to: text.length }
  return {
    from: onCharacter(text, Math.max(0, start - MARGIN)),
    to: onCharacter(text, Math.min(text.length, end + MARGIN)),
  }
}

/** `index`, or the one before when it stands inside a surrogate pair. */
function onCharacter(text: string, index: number): number {
  const code = text.charCodeAt(index)
  return index > 0 && code >= 0xdc00 && code <= 0xdfff ? index - 1 : index
}
