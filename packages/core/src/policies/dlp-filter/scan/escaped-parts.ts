import { decodeEscapes } from '../../../text/decode-escapes.ts'
import type { MappedText } from '../../../text/mapped-text.ts'
import { composeMapped, MappedTextBuilder } from '../../../text/mapped-text.ts'
import type { Span } from '../../../text/span.ts'
import type { Steps } from '../../../text/steps.ts'

/** What an escape may spell is part of a match at most so far away, in characters: more than a rule reaches. */
const margin = 700
const escapeSign = /&[#a-z]|%[0-9a-f]{2}|\\[ux]/gi
const visible = /\S/

/**
 * The parts of a text around escapes, with these decoded: only there can it read otherwise than it is written. Each goes on
 * to white space, so that nothing encoded is cut. Linear.
 */
export function* decodeEscaped(plain: MappedText): Steps<MappedText[]> {
  const { text } = plain
  const readings: MappedText[] = []
  if (!/[&%\\]/.test(text)) return readings
  for (const { start, end } of partsOf(text)) {
    yield
    const builder = new MappedTextBuilder(text)
    builder.copy(start, end)
    const part = builder.build()
    const decoded = decodeEscapes(part.text)
    if (decoded !== undefined) readings.push(composeMapped(plain, composeMapped(part, decoded)))
  }
  return readings
}

function partsOf(text: string): Span[] {
  const parts: Span[] = []
  for (const { index } of text.matchAll(escapeSign)) {
    const last = parts.at(-1)
    if (last !== undefined && index + margin <= last.end) continue
    const start = startBefore(text, index - margin, last?.end ?? 0)
    const end = stopBehind(text, index + margin)
    if (last !== undefined && start <= last.end) parts[parts.length - 1] = { ...last, end }
    else parts.push({ start, end })
  }
  return parts
}

/** Behind the last white space before `at`, but not before `least`. */
function startBefore(text: string, at: number, least: number): number {
  let start = Math.max(least, at)
  while (start > least && visible.test(text[start - 1] ?? '')) start -= 1
  return start
}

/** The first white space from `at` on. */
function stopBehind(text: string, at: number): number {
  let end = Math.min(text.length, at)
  while (end < text.length && visible.test(text[end] ?? '')) end += 1
  return end
}
