import type { Span } from '../../../text/span.ts'
import type { DetectorWindow } from '../entity-detector.ts'

/** A URL is read for at most 768 characters. */
export const window: DetectorWindow = { lookBehind: 16, reach: 768 }

const urlPattern = /\b(?:https?|ftp|s3|gs|dbfs|file):\/\/[^\s<>"'`?#]{1,768}/gi

/**
 * The parts of URLs in which digits are no cards, accounts or phones: scheme to path.
 * Query values are left out, for people do put `?phone=` there. Not an entity itself.
 */
export function findUrlPaths(text: string): Span[] {
  if (!text.includes('://')) return []
  const spans: Span[] = []
  for (const match of text.matchAll(urlPattern)) {
    spans.push({ start: match.index, end: match.index + match[0].length })
  }
  return spans
}
