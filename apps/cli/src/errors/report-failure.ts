import type { ConfigIssue } from '@keeptrusts/core'
import { toSafeJson } from '../output/sanitize.ts'
import type { Style } from '../output/style.ts'
import { styleFor } from '../output/style.ts'
import { writeErr, writeOut } from '../output/write.ts'
import { countOf, formatIssues } from '../policy/format-issues.ts'
import { toIssueJson } from '../policy/issue-json.ts'
import type { Failure } from './failure.ts'
import { formatFailure } from './format-failure.ts'
import { toFailure } from './to-failure.ts'

/**
 * Prints what was thrown and sets the exit code: for people on standard error, for programs as `{"error": …}` on standard
 * output. Stacks are shown with `DEBUG` only.
 */
export function reportFailure(error: unknown, { json }: { readonly json: boolean }): void {
  const failure = toFailure(error)
  const issues = issuesOf(error)
  process.exitCode = failure.exit
  if (json) writeOut(`${toSafeJson(failureJson(failure, issues))}\n`)
  else writeErr(failureText(failure, issues, styleFor(process.stderr, process.env)))
  if (process.env['DEBUG'] && error instanceof Error) writeErr(`${error.stack}\n`)
}

/** A broken configuration brings all its problems with it. */
function issuesOf(error: unknown): readonly ConfigIssue[] {
  const found = error instanceof Error && 'issues' in error ? error.issues : null
  return Array.isArray(found) ? found : []
}

function failureJson(failure: Failure, issues: readonly ConfigIssue[]): Record<string, unknown> {
  const { code, message, suggestion } = failure
  if (issues.length === 0) return { error: { code, message, suggestion: suggestion ?? null } }
  return {
    error: {
      code,
      message: headline(failure, issues),
      suggestion: suggestion ?? null,
      issues: issues.map(toIssueJson),
    },
  }
}

function failureText(failure: Failure, issues: readonly ConfigIssue[], style: Style): string {
  if (issues.length === 0) return formatFailure(failure, style)
  return `${formatIssues(issues, style)}\n${formatFailure({ ...failure, message: headline(failure, issues) }, style)}`
}

/** The message of a broken configuration lists every problem again. */
function headline({ code, message }: Failure, issues: readonly ConfigIssue[]): string {
  if (code !== 'config-invalid') return message
  return `The configuration has ${countOf(issues, 'error')}.`
}
