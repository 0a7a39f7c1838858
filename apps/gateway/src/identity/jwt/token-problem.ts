/** Why a token is refused: for the log of the gateway and its events, never for whoever showed it. */
export type TokenProblem =
  | 'malformed'
  | 'algorithm_not_allowed'
  | 'unknown_key'
  | 'bad_signature'
  | 'wrong_issuer'
  | 'wrong_audience'
  | 'expired'
  | 'no_expiry'
  | 'not_yet_valid'
  | 'no_subject'
  // Of ID tokens only.
  | 'no_id_token'
  | 'wrong_party'
  | 'no_issue_time'
  | 'too_old'

/** A token that proves nothing. */
export class TokenRefusedError extends Error {
  readonly problem: TokenProblem

  constructor(problem: TokenProblem) {
    super(problem)
    this.name = 'TokenRefusedError'
    this.problem = problem
  }
}

/** The provider's keys cannot be had, so that nothing can be said about a token now. */
export class KeysUnavailableError extends Error {
  /** What went wrong, as in `ECONNREFUSED`, `redirected` or `not_json`: nothing that the provider sent. */
  readonly problem: string

  constructor(problem: string) {
    super(problem)
    this.name = 'KeysUnavailableError'
    this.problem = problem
  }
}
