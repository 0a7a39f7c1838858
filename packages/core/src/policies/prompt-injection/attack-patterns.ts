import { RE2JS } from 're2js'
import type { MappedText } from '../../text/mapped-text.ts'
import type { OptionProblem } from '../policy.ts'
import type { Finding } from './finding.ts'

/** Rule of a match with one of the operator's own patterns. */
export const attackPatternRule = 'attack-pattern'

const unsupported = /\(\?(?:<?[=!])|\\[1-9]|\\k</

/** Compiles a customer's pattern for a linear-time engine, case-insensitive; throws when it is not valid RE2 syntax. */
export function compileAttackPattern(source: string): RE2JS {
  return RE2JS.compile(RE2JS.translateRegExp(source), RE2JS.CASE_INSENSITIVE)
}

/** One problem for each pattern that does not compile. */
export function findPatternProblems(sources: readonly string[]): OptionProblem[] {
  return sources.flatMap((source, index) => {
    const reason = failureOf(source)
    if (reason === undefined) return []
    return [
      {
        path: `detection.attack_patterns[${index}]`,
        message: `this regular expression cannot be used: ${reason}`,
        suggestion: unsupported.test(source)
          ? 'Write it without lookahead, lookbehind and back references: patterns run in an engine that is never slow and has none'
          : 'Use RE2 syntax, as in forget.*system.*prompt',
      },
    ]
  })
}

function failureOf(source: string): string | undefined {
  try {
    compileAttackPattern(source)
    return undefined
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
  }
}

/** The first match of the first pattern that fits one of the readings of a text. */
export function findAttackPattern(
  patterns: readonly RE2JS[],
  readings: readonly MappedText[],
): Finding | undefined {
  for (const reading of readings) {
    for (const pattern of patterns) {
      const matcher = pattern.matcher(reading.text)
      if (!matcher.find()) continue
      return {
        rule: attackPatternRule,
        score: 1000,
        ...reading.toOriginalSpan(matcher.start(), matcher.end()),
      }
    }
  }
  return undefined
}
