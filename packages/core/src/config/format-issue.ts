import type { ErrorCode } from '../errors/error-codes.ts'
import { docsAnchor } from '../errors/error-codes.ts'
import type { ConfigIssue, Position } from './config.ts'

/** A place as editors and terminals open it: `policy-config.yaml:19:9`. */
export function formatPosition(position: Position): string {
  return `${position.file}:${position.line}:${position.column}`
}

/** An issue as text of several lines: place and path, code and message, the remedy, where to read on. */
export function formatIssue(issue: ConfigIssue): string {
  const place = formatPosition(issue.position)
  return [
    issue.path === '' ? place : `${place}  ${issue.path}`,
    `  ${issue.severity}[${issue.code}]: ${issue.message}`,
    ...(issue.suggestion === undefined ? [] : [`  ${issue.suggestion}`]),
    `  See ${docsAnchor(issue.code as ErrorCode)}`,
  ].join('\n')
}
