import { KeeptrustsError } from '@keeptrusts/core'

/** A request without a session or token that is valid now. `retryAfter`: seconds, when there were too many of them. */
export class NotSignedInError extends KeeptrustsError {
  readonly retryAfter: number | null

  constructor(retryAfter: number | null = null) {
    super({
      code: 'session-expired',
      message: 'The session or API token is missing, has expired, was revoked, or is unknown here.',
      suggestion: 'Sign in with kt auth login, or show a token of kt auth token create.',
    })
    this.retryAfter = retryAfter
  }
}

/** A request of somebody who may not make it. */
export class NotPermittedError extends KeeptrustsError {
  constructor(message: string) {
    super({
      code: 'not-permitted',
      message,
      suggestion: 'Ask an admin of this gateway for another role or token.',
    })
  }
}
