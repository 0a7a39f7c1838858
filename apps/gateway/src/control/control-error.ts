import { KeeptrustsError } from '@keeptrusts/core'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

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
} {
  if (!KeeptrustsError.isInstance(error)) {
    const message = 'The running gateway failed at this; its log says where.'
    return { status: 500, body: { error: { code: 'internal-error', message } } }
  }
  const { code, message, suggestion } = error
  return {
    status: statusOf(error),
    body: { error: { code, message, ...(suggestion === undefined ? {} : { suggestion }) } },
  }
}

function statusOf(error: KeeptrustsError): ContentfulStatusCode {
  if (error instanceof ControlRequestError) return error.status
  if (error.code === 'audit_unavailable') return 503
  return error.code === 'event-invalid' ? 400 : 500
}
