import { KeeptrustsError } from '@keeptrusts/core'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { NotSignedInError } from '../operators/refusals.ts'

/** What the control socket answers when it cannot do what was asked; `kt` shows it as its own error. */
export interface ControlErrorBody {
  readonly error: {
    /** From the error table. */
    readonly code: string
    readonly message: string
    readonly suggestion?: string
  }
}

/** A request that the control socket does not take. `status` is its HTTP status. */
export class ControlRequestError extends KeeptrustsError {
  readonly status: ContentfulStatusCode

  constructor(message: string, status: ContentfulStatusCode = 400) {
    super({ code: 'control-request-invalid', message })
    this.status = status
  }
}

/** The answer to a failed request: our own errors as they are, of anything else only that it happened. */
export function toControlError(error: unknown): {
  readonly status: ContentfulStatusCode
  readonly body: ControlErrorBody
  readonly headers: Record<string, string>
} {
  if (!KeeptrustsError.isInstance(error)) {
    const message = 'The running gateway failed at this; its log says where.'
    return { status: 500, body: { error: { code: 'internal-error', message } }, headers: {} }
  }
  const { code, message, suggestion } = error
  return {
    status: statusOf(error),
    body: { error: { code, message, ...(suggestion === undefined ? {} : { suggestion }) } },
    headers: headersOf(error),
  }
}

function statusOf(error: KeeptrustsError): ContentfulStatusCode {
  if (error instanceof ControlRequestError) return error.status
  if (error instanceof NotSignedInError && error.retryAfter !== null) return 429
  return statuses[error.code] ?? 500
}

function headersOf(error: KeeptrustsError): Record<string, string> {
  if (!(error instanceof NotSignedInError)) return {}
  return error.retryAfter === null
    ? { 'www-authenticate': 'Bearer' }
    : { 'retry-after': `${error.retryAfter}` }
}

const statuses: Readonly<Record<string, ContentfulStatusCode>> = {
  audit_unavailable: 503,
  access_unavailable: 503,
  'bad-email': 400,
  'bad-key': 400,
  'bad-token': 400,
  'event-invalid': 400,
  'event-not-found': 404,
  'last-admin': 409,
  'not-permitted': 403,
  'operator-exists': 409,
  'operator-unknown': 404,
  'session-expired': 401,
  'too-many-attempts': 429,
  'weak-password': 400,
  'wrong-password': 401,
}
