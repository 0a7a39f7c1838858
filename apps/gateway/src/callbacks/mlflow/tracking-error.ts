/**
 * Why a request to the tracking server did not do: nothing answered (`away`), it can't now (`busy`), it does not know us
 * (`signed_out`) or the name that we call it by (`host`), no token can be had for it (`no_token`), its certificate or ours does not do (`untrusted`), the way to it is
 * closed (`proxy`), our run or experiment is not there (`gone`), the experiment was
 * deleted and can be restored (`deleted`), there is no such service (`absent`), or it will not have this (`refused`).
 */
export type TrackingProblem =
  | 'away'
  | 'busy'
  | 'signed_out'
  | 'no_token'
  | 'untrusted'
  | 'proxy'
  | 'host'
  | 'gone'
  | 'deleted'
  | 'absent'
  | 'refused'

interface TrackingFacts {
  readonly status?: number
  /** MLflow's own code, as in `RESOURCE_DOES_NOT_EXIST`. */
  readonly code?: string | null
  /** Milliseconds that `Retry-After` asks for. */
  readonly askedMs?: number
  /** False when it is certain that nothing of the request left. */
  readonly sent?: boolean
}

/** A request that did not do. Holds nothing of the server's texts: they quote what they were sent. */
export class TrackingError extends Error {
  readonly problem: TrackingProblem
  readonly status: number | null
  readonly code: string | null
  readonly askedMs: number
  readonly sent: boolean

  constructor(problem: TrackingProblem, facts: TrackingFacts = {}) {
    super(problem)
    this.name = 'TrackingError'
    this.problem = problem
    this.status = facts.status ?? null
    this.code = facts.code ?? null
    this.askedMs = facts.askedMs ?? 0
    this.sent = facts.sent ?? true
  }
}

interface Refusal {
  readonly status: number
  /** The start of the body. */
  readonly text: string
  /** Value of `Retry-After`. */
  readonly retryAfter: string | undefined
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** Sorts an answer that is not a 2xx. */
export function toTrackingError({ status, text, retryAfter, now }: Refusal): TrackingError {
  const code = /"error_code"\s*:\s*"([A-Z_]{1,60})"/.exec(text)?.[1] ?? null
  const facts = { status, code, askedMs: askedMs(retryAfter, now) }
  return new TrackingError(problemOf(status, { text, code }), facts)
}

function problemOf(
  status: number,
  { text, code }: { readonly text: string; readonly code: string | null },
): TrackingProblem {
  if (status === 403 && text.startsWith('Invalid Host header')) return 'host'
  if (status === 401 || status === 403) return 'signed_out'
  if (status === 404) return code === 'RESOURCE_DOES_NOT_EXIST' ? 'gone' : 'absent'
  if (status === 405 || status === 501) return 'absent'
  if (status === 408 || status === 429 || status >= 500) return 'busy'
  return 'refused'
}

/** Milliseconds of a `Retry-After` header, RFC 9110: seconds or a date. */
function askedMs(retryAfter: string | undefined, now: number): number {
  if (retryAfter === undefined) return 0
  const seconds = /^\s*\d{1,9}\s*$/.test(retryAfter) ? Number(retryAfter) : null
  const ms = seconds === null ? Date.parse(retryAfter) - now : seconds * 1000
  return Number.isFinite(ms) ? Math.max(0, ms) : 0
}
