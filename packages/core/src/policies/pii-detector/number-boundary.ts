import type { Inspection } from './entity-detector.ts'
import { unspacedLetter } from './recognizers/unspaced-scripts.ts'

const wordCharacter = /[\p{L}\p{N}_\]]/u
const wordOrMask = /[\p{L}\p{N}_\]*]/u
// What counts or measures is no particle: `1234567元`, `20240115日`.
const counters = '[年月日元円圓个個件人万萬億亿원년월일개명만억]'
const wordAfter = new RegExp(`^(?:${counters}|[\\p{N}_[]|(?!${unspacedLetter})\\p{L})`, 'u')

/**
 * True when a number may begin at `start`: no letter, digit or marker touches it, directly or across one of `- . _`.
 * A finding before it is no obstacle, but a marker is: so a text reads the same after its findings became markers.
 */
export function numberMayBegin({ text, claims }: Inspection, start: number): boolean {
  if (touchesWord({ text, claims }, start)) return false
  if (!/[-._]/.test(text[start - 1] ?? '') || !claims.isFree(start - 2, start - 1)) return true
  return !wordOrMask.test(text[start - 2] ?? '')
}

/** True when a letter, a digit or a marker that is no finding stands right before `start`. */
export function touchesWord(
  { text, claims }: Pick<Inspection, 'text' | 'claims'>,
  start: number,
): boolean {
  return wordCharacter.test(text[start - 1] ?? '') && claims.isFree(start - 1, start)
}

/** True when a number may end at `end`: no letter, digit or marker follows, also not across one of `- . _`. */
export function numberMayEnd(text: string, end: number): boolean {
  const after = text.slice(end, end + 2)
  if (wordAfter.test(after)) return false
  return !/^[-._][0-9[*]/.test(after)
}
