/** One try to have a call answered, as its event holds it: names of the configuration and codes, no text. */
export interface TargetTry {
  /** Id of the target. */
  readonly target: string
  /** `ok`, the code of the failure, or `circuit_open` for a target that was passed over. */
  readonly code: string
  /** Status of the server's answer, when there was one. */
  readonly upstream_status: number | null
  /** Until the answer, or the first piece of a stream, was there. */
  readonly duration_us: number
}
