import type { Inspection } from './entity-detector.ts'

const wordCharacter = /[\p{L}\p{N}_\]]/u
const wordOrMask = /[\p{L}\p{N}_\]*]/u
const wordAfter = /^[\p{L}\p{N}_[]/u

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
