import type { ErrorCode } from '../errors/error-codes.ts'
import { errorCodes } from '../errors/error-codes.ts'
import type { ConfigIssue, Position } from './config.ts'
import type { NodePlace } from './config-node.ts'

/** What an issue says; `severity` is `error` unless given. */
export interface IssueText {
  readonly code: ErrorCode
  readonly message: string
  readonly suggestion?: string | undefined
  readonly severity?: 'error' | 'warning'
}

/** An issue about a value. */
export function issueAtValue(place: NodePlace, text: IssueText): ConfigIssue {
  return issueAt(place.path, place.at, text)
}

/** An issue about a key, or about something missing under it. */
export function issueAtKey(place: NodePlace, text: IssueText): ConfigIssue {
  return issueAt(place.path, place.keyAt, text)
}

/** An issue at a place given by hand. */
export function issueAt(path: string, position: Position, text: IssueText): ConfigIssue {
  return {
    code: text.code,
    severity: text.severity ?? 'error',
    path,
    position,
    message: text.message,
    // The general remedy of the code, when there is none for this place.
    suggestion: text.suggestion ?? errorCodes[text.code].fix,
  }
}
