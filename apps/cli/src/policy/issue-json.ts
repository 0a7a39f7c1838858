import type { ConfigIssue } from '@keeptrusts/core'

/** A problem as `kt policy lint --json` prints it: the product's fields, then its place. */
export interface IssueJson {
  readonly code: string
  readonly path: string
  readonly message: string
  readonly suggestion: string | null
  readonly file: string
  readonly line: number
  readonly column: number
}

/** A problem for programs. */
export function toIssueJson(issue: ConfigIssue): IssueJson {
  const { code, path, message, suggestion, position } = issue
  return { code, path, message, suggestion: suggestion ?? null, ...position }
}
