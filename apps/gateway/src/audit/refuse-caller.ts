import { newEventId } from '@keeptrusts/core'
import { GatewayError } from '../errors/gateway-error.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import { KeyRefusedError } from '../identity/identify-by-key.ts'
import { TokenRefusedError } from '../identity/jwt/token-problem.ts'

/** Codes of a bearer value that proves nothing, or is missing. */
const refusals = new Set(['invalid_api_key', 'invalid_token', 'missing_api_key'])

/** True for a failure that `auth.failed` records: nobody is known who could be named in the events of a call. */
export function isAuthFailure({ code }: GatewayError): boolean {
  return refusals.has(code)
}

interface FailedAuth {
  readonly failure: GatewayError
  /** Of the call; absent for a request that is none. */
  readonly requestId?: string
  readonly remoteAddress: string | null
}

/**
 * Records `auth.failed` in the background, unless there were so many that they would only fill the disk, and gives the error to
 * answer with. What exactly was wrong with a key or token is in `detail`, and nowhere else.
 */
export function refuseCaller(
  { failure, requestId, remoteAddress }: FailedAuth,
  deps: Pick<GatewayDeps, 'now' | 'pseudonyms' | 'recorder' | 'attempts'>,
): GatewayError {
  const time = deps.now()
  const { recorded, retryAfter } = deps.attempts.failed(remoteAddress, time)
  if (recorded) {
    const { cause } = failure
    const isExplained = cause instanceof TokenRefusedError || cause instanceof KeyRefusedError
    deps.recorder.recordLater({
      id: newEventId(time),
      type: 'auth.failed',
      time: new Date(time).toISOString(),
      ...(requestId !== undefined && { request_id: requestId }),
      reason: failure.code,
      ...(isExplained && { detail: cause.problem }),
      actor: { subject: null, roles: [], ip: deps.pseudonyms.ip(remoteAddress) },
    })
  }
  if (retryAfter === null) return failure
  return new GatewayError('too_many_failures', { headers: { 'retry-after': `${retryAfter}` } })
}
