import type { Ranked } from '../../scan/merge-overlaps.ts'
import type { Category } from './rules/rule.ts'

/** What was found, in offsets of the text as it came. */
export interface Finding extends Ranked {
  /** Kebab-case id of the rule. */
  readonly rule: string
  readonly category: Category
  /** In UPPER_SNAKE. */
  readonly type: string
  /** Set for the pieces of a long secret behind its first one, which has the marker for all. */
  readonly isRest?: true
}

/** What stands in the place of findings of a type. */
export function markerFor(type: string): string {
  return `[${type}_REDACTED]`
}

const longestMarker = 48

/** True when `start` to `end` of `text`, in any case, lies in a marker that stands there already. */
export function isInMarker(text: string, start: number, end: number): boolean {
  const base = Math.max(0, start - longestMarker)
  const near = text.slice(base, start + longestMarker)
  const open = near.lastIndexOf('[', start - base)
  if (open === -1) return false
  const marker = /^\[[a-z_]{3,36}_redacted\]/i.exec(near.slice(open))
  return marker !== null && end - base <= open + marker[0].length
}
