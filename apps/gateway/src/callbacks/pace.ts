/** How patient callbacks are, in milliseconds. */
export interface Pace {
  /** Wait after a first failure; doubles from there, give or take a quarter. */
  readonly firstRetryMs: number
  /** Longest wait between two attempts, and the wait after a refusal. */
  readonly slowestRetryMs: number
  /** For one request, from its first byte to the last of the answer. */
  readonly requestMs: number
  /** For all that is left to say at a stop. */
  readonly stopMs: number
}

export const usualPace: Pace = {
  firstRetryMs: 1000,
  slowestRetryMs: 60_000,
  requestMs: 10_000,
  stopMs: 3000,
}

/** A service may ask for more patience than we have by ourselves, up to this. */
const longestAskedMs = 600_000

interface Failures {
  /** Failures in a row, at least 1. */
  readonly count: number
  /** What `Retry-After` asked for, milliseconds; 0 when it did not. */
  readonly askedMs: number
  /** From 0 to 1. */
  readonly random: number
}

/** Milliseconds until the next attempt: exponential with jitter, never before the time that the service asked for. */
export function retryDelay({ count, askedMs, random }: Failures, pace: Pace): number {
  const doubled = pace.firstRetryMs * 2 ** Math.min(count - 1, 30)
  const jittered = doubled * (0.75 + random / 2)
  const own = Math.min(pace.slowestRetryMs, Math.max(pace.firstRetryMs, jittered))
  return Math.max(own, Math.min(askedMs, longestAskedMs))
}
