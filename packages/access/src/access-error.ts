import { KeeptrustsError } from '@keeptrusts/core'

/** What can go wrong with operators and sessions; the codes stand in the table of core. */
export type AccessErrorCode =
  | 'wrong-password'
  | 'too-many-attempts'
  | 'operator-exists'
  | 'operator-unknown'
  | 'last-admin'
  | 'bad-key'
  | 'bad-token'
  | 'bad-email'
  | 'weak-password'
  | 'access-store-unusable'
  | 'loose-permissions'

/** An operator, a session or the access store itself was refused. Never holds a password or a token. */
export class AccessError extends KeeptrustsError {
  declare readonly code: AccessErrorCode
  /** Seconds to wait before it can succeed; `null` when waiting does not help. */
  readonly retryAfter: number | null

  constructor(
    code: AccessErrorCode,
    message: string,
    suggestion: string,
    retryAfter: number | null = null,
  ) {
    super({ code, message, suggestion })
    this.retryAfter = retryAfter
  }
}
