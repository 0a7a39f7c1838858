import type { Span } from '../../text/span.ts'

/** A maximal run of ASCII digits. */
export interface DigitGroup extends Span {
  readonly digits: string
}

/** All runs of ASCII digits of a text, in order. Linear. */
export function digitGroups(text: string): DigitGroup[] {
  const groups: DigitGroup[] = []
  for (const match of text.matchAll(/[0-9]+/g)) {
    groups.push({ start: match.index, end: match.index + match[0].length, digits: match[0] })
  }
  return groups
}

/** What stands between two neighbouring groups. */
export function between(text: string, left: DigitGroup, right: DigitGroup): string {
  return right.start - left.end > 4 ? '....' : text.slice(left.end, right.start)
}
