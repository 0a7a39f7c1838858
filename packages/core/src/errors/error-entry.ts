/** The family a client sees in `error.type` of an HTTP answer. */
export type ErrorType =
  | 'policy_violation'
  | 'validation_error'
  | 'invalid_request_error'
  | 'rate_limit'
  | 'upstream_error'
  | 'authentication_error'
  | 'permission_error'
  | 'server_error'

/** What the table knows about one code. */
export interface ErrorEntry {
  /** What happened, a few words without a full stop. */
  readonly title: string
  /** What to do about it, one sentence. */
  readonly fix: string
  /** HTTP status, for codes that the gateway answers with. */
  readonly status?: number
  /** `error.type` of that answer. */
  readonly type?: ErrorType
  /** Exit code, for codes that end a command: 1 failed, 2 wrong input, 78 bad configuration. */
  readonly exit?: number
}
