import { RE2JS } from 're2js'
import type { Detected, DetectorWindow, Inspection } from '../entity-detector.ts'

/** In answers, matches of customer patterns are cut at 1,024 characters (decision S1); in requests they are taken whole. */
export const window: DetectorWindow = { lookBehind: 256, reach: 1024 }

/** Compiles a customer's regular expression for a linear-time engine; throws a one-line reason when it is not valid RE2 syntax. */
export function compilePattern(source: string): RE2JS {
  return RE2JS.compile(RE2JS.translateRegExp(source))
}

/** True when nothing but the 1,024 character limit bounds the pattern's matches. */
export function isUnbounded(source: string): boolean {
  return /(?<!\\)(?:\\\\)*(?:[*+]|\{\d+,\})/.test(source.replace(/\[(?:\\.|[^\]\\])*\]/g, '[]'))
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
    if (end > start) found.push({ rule: 'custom-pattern', type: 'CUSTOM', start, end, score: 1000 })
  }
  return found
}
