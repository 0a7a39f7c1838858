import { RE2JS } from 're2js'
import type { OptionProblem } from '../policies/policy.ts'
import { longestMatch } from './pattern-shape.ts'

/** Compiles a customer's regular expression for a linear-time engine; throws a one-line reason when it is not valid RE2 syntax. */
export function compilePattern(source: string): RE2JS {
  return RE2JS.compile(RE2JS.translateRegExp(source))
}

/** True when nothing but the 1,024 character limit bounds the pattern's matches. */
function isUnbounded(source: string): boolean {
  return /(?<!\\)(?:\\\\)*(?:[*+]|\{\d+,\})/.test(source.replace(/\[(?:\\.|[^\]\\])*\]/g, '[]'))
}

/** What is wrong with a pattern that stands at `path` of a policy's options; nothing when it can be used. */
export function patternProblems(source: string, path: string): OptionProblem[] {
  try {
    if (compilePattern(source).matches('')) {
      return [
        {
          path,
          message: 'the pattern matches the empty text, so it says nothing',
          suggestion: 'Let it match at least one character, as in \\d+ instead of \\d*',
        },
      ]
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'not a regular expression'
    return [
      {
        path,
        message: `not a regular expression this version can run: ${reason}`,
        suggestion: 'Use RE2 syntax: no look-around, no back-references, repeat counts up to 1000',
      },
    ]
  }
  if (!isUnbounded(source)) return []
  return [
    {
      path,
      message: `the pattern has no longest match; in answers it is cut at ${longestMatch} characters`,
      suggestion: 'Write {1,100} instead of + or * where you can',
      severity: 'warning',
    },
  ]
}
