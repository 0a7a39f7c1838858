import { newEventId } from '@keeptrusts/core'
import type { GatewayError } from '../errors/gateway-error.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import { TokenRefusedError } from '../identity/jwt/token-problem.ts'

/** Codes of a bearer value that proves nothing. */
const refusals = new Set(['invalid_api_key', 'invalid_token'])

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

/** Records `auth.failed`, in the background. What exactly was wrong with a token is in `detail`, and nowhere else. */
export function recordAuthFailure(
  { failure, requestId, remoteAddress }: FailedAuth,
  { now, pseudonyms, recorder }: Pick<GatewayDeps, 'now' | 'pseudonyms' | 'recorder'>,
): void {
  const time = now()
  const { cause } = failure
  recorder.recordLater({
    id: newEventId(time),
    type: 'auth.failed',
    time: new Date(time).toISOString(),
    ...(requestId !== undefined && { request_id: requestId }),
    reason: failure.code,
    ...(cause instanceof TokenRefusedError && { detail: cause.problem }),
    actor: { subject: null, roles: [], ip: pseudonyms.ip(remoteAddress) },
  })
}
