import { AccessError } from '@keeptrusts/access'
import { KeeptrustsError } from '@keeptrusts/core'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { OperatorError } from '../operators/operator-error.ts'

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
  /** Seconds; `null` when waiting does not help. */
  readonly retryAfter: number | null
} {
  if (!KeeptrustsError.isInstance(error)) {
    const message = 'The running gateway failed at this; its log says where.'
    return { status: 500, body: { error: { code: 'internal-error', message } }, retryAfter: null }
  }
  const { code, message, suggestion } = error
  return {
    status: statusOf(error),
    body: { error: { code, message, ...(suggestion === undefined ? {} : { suggestion }) } },
    retryAfter: retryAfterOf(error),
  }
}

function retryAfterOf(error: KeeptrustsError): number | null {
  if (error instanceof OperatorError || error instanceof AccessError) return error.retryAfter
  return statuses[error.code] === 503 ? 2 : null
}

/** Of errors that are not a fault of the gateway. */
const statuses: Readonly<Record<string, ContentfulStatusCode>> = {
  'wrong-password': 401,
  'too-many-attempts': 429,
  'operator-unknown': 404,
  'event-not-found': 404,
  'operator-exists': 409,
  'last-admin': 409,
  'bad-key': 400,
  'bad-token': 400,
  'bad-email': 400,
  'weak-password': 400,
  'event-invalid': 400,
  'disk-full': 507,
  audit_unavailable: 503,
  access_unavailable: 503,
  identity_provider_unavailable: 503,
}

function statusOf(error: KeeptrustsError): ContentfulStatusCode {
  if (error instanceof ControlRequestError || error instanceof OperatorError) return error.status
  return statuses[error.code] ?? 500
}
