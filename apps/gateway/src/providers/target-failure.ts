import { GatewayError } from '../errors/gateway-error.ts'
import type { TransportProblem } from '../transport/transport-error.ts'
import { TransportError } from '../transport/transport-error.ts'

/** No connection, no answer in time, or an answer that broke off. */
const lost: ReadonlySet<TransportProblem> = new Set([
  'unreachable',
  'refused_address',
  'tls',
  'proxy',
  'connect_timeout',
  'first_byte_timeout',
  'idle_timeout',
  'reset',
])

/**
 * True for what another server of the same model may do better (G22): this one cannot be reached, was silent, broke off,
 * limits the rate (429), or failed (5xx, an error inside a stream). What it said about the call itself stands.
 */
export function isTargetFailure(error: unknown): boolean {
  if (error instanceof TransportError) return lost.has(error.problem)
  if (!(error instanceof GatewayError) || error.code === 'upstream_guardrail') return false
  // The token server of the target was lost: its error says so in words, with what was wrong as its cause.
  if (error.cause instanceof TransportError) return lost.has(error.cause.problem)
  const { upstreamStatus: status } = error
  if (status === null) return false
  return status === 429 || status >= 500 || (status === 200 && error.code === 'upstream_error')
}

/** True when the target has no such endpoint, or no token: then nothing was sent. */
export function isLacking(error: unknown): boolean {
  return (
    error instanceof GatewayError &&
    (error.code === 'endpoint_not_supported' || error.code === 'target_token_missing')
  )
}

/** Then it is tried again, whatever it asked for: a server must not take itself out of service for a day. */
const longestRestMs = 5 * 60_000

/** Milliseconds that the server asked to be left alone with `Retry-After`; 0 when it did not, five minutes at most. */
export function restMsOf(error: unknown): number {
  const seconds = error instanceof GatewayError ? Number(error.headers['retry-after']) : 0
  return Number.isFinite(seconds) ? Math.min(longestRestMs, seconds * 1000) : 0
}
