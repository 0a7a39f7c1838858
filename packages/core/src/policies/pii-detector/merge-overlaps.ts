import type { Detected } from './entity-detector.ts'

/**
 * Sorts findings by place and joins those that overlap, so that nothing any of them covers survives a redaction.
 * The joined finding keeps the rule and type of the longest one.
 */
export function mergeOverlaps(found: readonly Detected[]): Detected[] {
  const merged: Detected[] = []
  for (const next of [...found].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1)
    if (last === undefined || next.start >= last.end) {
      merged.push(next)
      continue
    }
    const longest = next.end - next.start > last.end - last.start ? next : last
    merged[merged.length - 1] = {
      ...longest,
      start: last.start,
      end: Math.max(last.end, next.end),
    }
  }
  return merged
}
