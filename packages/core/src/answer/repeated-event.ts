import type { JsonString } from '../json/json-node.ts'
import { scanJsonString } from '../json/scan-json-string.ts'
import { spliceJson } from '../json/splice-json.ts'
import type { BodyText } from '../message/body-text.ts'

/** An event of a stream in which one text stood, as it came and as it went out. */
export interface EventFrame {
  /** What stands before and behind the literal of that text. */
  readonly before: string
  readonly after: string
  /** The same, as edited. */
  readonly beforeOut: string
  readonly afterOut: string
}

/** What stands around a text of an event that was edited. */
export function frameAround({ start, end }: JsonString, body: BodyText): EventFrame {
  const { source, replacements } = body
  const before = source.slice(0, start)
  const after = source.slice(end)
  const moved = replacements
    .filter((one) => one.start >= end)
    .map((one) => ({ ...one, start: one.start - end, end: one.end - end }))
  return {
    before,
    after,
    beforeOut: spliceJson(
      before,
      replacements.filter((one) => one.end <= start),
    ),
    afterOut: spliceJson(after, moved),
  }
}

/**
 * The text of an event that differs from an earlier one in nothing but that text; `null` for any other. Most events of a
 * stream do: what stands around the text has been looked at then, and reading it again would be most of the work.
 */
export function textInFrame({ before, after }: EventFrame, source: string): string | null {
  const end = source.length - after.length
  if (end <= before.length || !source.startsWith(before) || !source.endsWith(after)) return null
  if (source.charCodeAt(before.length) !== quote) return null
  const literal = scanJsonString(source, before.length, 'allow')
  return literal.kind === 'string' && literal.end === end ? literal.value : null
}

/** The event with another text. */
export function withText({ beforeOut, afterOut }: EventFrame, text: string): string {
  return beforeOut + JSON.stringify(text) + afterOut
}

const quote = 0x22
