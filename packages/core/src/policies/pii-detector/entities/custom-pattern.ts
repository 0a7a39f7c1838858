import type { RE2JS } from 're2js'
import { compilePattern } from '../../../scan/customer-pattern.ts'
import type { Detected, DetectorWindow, Inspection } from '../entity-detector.ts'

/** In answers, matches of customer patterns are cut at 1,024 characters (decision S1); in requests they are taken whole. */
export const window: DetectorWindow = { lookBehind: 256, reach: 1024 }

export { compilePattern }

/** What a match of a customer's pattern is. */
export function customFinding(start: number, end: number): Detected {
  return { rule: 'custom-pattern', type: 'CUSTOM', start, end, score: 1000 }
}

/** Finds matches of the customer's patterns. Linear in the text for each pattern. */
export function findCustomMatches(
  { text, direction }: Inspection,
  patterns: readonly RE2JS[],
): readonly Detected[] {
  const longest = direction === 'response' ? window.reach : text.length
  return patterns.flatMap((pattern) => matchesOf(pattern, text, longest))
}

function matchesOf(pattern: RE2JS, text: string, longest: number): Detected[] {
  const found: Detected[] = []
  const matcher = pattern.matcher(text)
  while (matcher.find()) {
    const start = matcher.start()
    const end = Math.min(matcher.end(), start + longest)
    if (end > start) found.push(customFinding(start, end))
  }
  return found
}
