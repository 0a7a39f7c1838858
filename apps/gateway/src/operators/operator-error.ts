import { KeeptrustsError } from '@keeptrusts/core'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

interface OperatorErrorOptions {
  readonly code:
    | 'not-logged-in'
    | 'session-expired'
    | 'wrong-password'
    | 'oidc-not-configured'
    | 'oidc-token-refused'
    | 'oidc-not-admitted'
    | 'access-denied'
    | 'cross-site-request'
    | 'too-many-attempts'
  readonly status: ContentfulStatusCode
  readonly message: string
  readonly suggestion?: string
  /** Seconds to wait. */
  readonly retryAfter?: number | null
}

/** A request to a route of operators that is refused before its route is asked. */
export class OperatorError extends KeeptrustsError {
  readonly status: ContentfulStatusCode
  readonly retryAfter: number | null

  constructor({ status, retryAfter = null, ...options }: OperatorErrorOptions) {
    super(options)
    this.status = status
    this.retryAfter = retryAfter
  }
}
