import { closest } from '../../config/suggest.ts'
import { patternProblems } from '../../scan/customer-pattern.ts'
import type { OptionProblem } from '../policy.ts'
import type { DlpFilterOptions } from './options.ts'
import { rulesFor } from './rules/built-in-rules.ts'
import { foldTerm } from './terms/term.ts'

/** What the schema cannot say about the options: patterns, terms, ids of rules. */
export function findOptionProblems(options: DlpFilterOptions): OptionProblem[] {
  const ids = rulesFor('restricted').map(({ id }) => id)
  return [
    ...options.detect_patterns.flatMap((source, index) =>
      patternProblems(source, `detect_patterns[${index}]`),
    ),
    ...options.blocked_terms.flatMap((term, index) =>
      termProblems(term, `blocked_terms[${index}]`),
    ),
    ...options.credentials.exclude.flatMap((id, index) =>
      ruleProblems(id, ids, `credentials.exclude[${index}]`),
    ),
  ]
}

function termProblems(term: string, path: string): OptionProblem[] {
  const { length } = foldTerm(term)
  if (length === 0) {
    return [
      {
        path,
        message: 'the term has no visible character',
        suggestion: 'Remove it, or write the word that is meant',
      },
    ]
  }
  if (length > 2) return []
  return [
    {
      path,
      message: `a term of ${length} ${length === 1 ? 'character' : 'characters'} stands in many texts`,
      suggestion: 'Use a longer term, or detect_patterns with what stands around it',
      severity: 'warning',
    },
  ]
}

function ruleProblems(id: string, ids: readonly string[], path: string): OptionProblem[] {
  if (ids.includes(id)) return []
  const near = closest(id, ids)
  return [
    {
      path,
      message: `unknown rule ${JSON.stringify(id)}`,
      suggestion:
        near === null ? 'Use the id that events and kt policy test show' : `Did you mean ${near}?`,
    },
  ]
}
