import { errorEntry, KeeptrustsError } from '@keeptrusts/core'
import { partyOf } from '../providers/target-party.ts'
import type { TargetRuntime } from '../providers/target-runtime.ts'
import { SseSyntaxError } from '../sse/sse-reader.ts'
import { TransportError } from '../transport/transport-error.ts'
import type { GatewayCode } from './gateway-error.ts'
import { GatewayError } from './gateway-error.ts'
import { transportFailure } from './transport-failure.ts'

/** Sorts whatever a step threw: what is not known is an `internal_error` that says nothing about its cause. */
export function toGatewayError(error: unknown, target?: TargetRuntime): GatewayError {
  if (error instanceof GatewayError) return error
  if (error instanceof TransportError) return transportFailure(error, target && partyOf(target))
  if (error instanceof SseSyntaxError) return new GatewayError('upstream_invalid_response')
  if (KeeptrustsError.isInstance(error)) return fromCore(error)
  return new GatewayError('internal_error', { cause: error })
}

/** Core's errors about bodies carry codes of the same table; their messages hold no text of the body. */
function fromCore(error: KeeptrustsError): GatewayError {
  const code = invalidJson.has(error.code) ? 'invalid_json' : error.code
  if (errorEntry(code)?.status === undefined)
    return new GatewayError('internal_error', { cause: error })
  return new GatewayError(code as GatewayCode, {
    message: error.message,
    ...(error.suggestion && { suggestion: error.suggestion }),
    param: paramOf(error),
    cause: error,
  })
}

/** The scanner tells these apart; for a client they are one. */
const invalidJson = new Set(['too_deep', 'lone_surrogate'])

function paramOf(error: KeeptrustsError): string | null {
  if ('param' in error && typeof error.param === 'string') return error.param
  return 'path' in error && typeof error.path === 'string' && error.path !== '' ? error.path : null
}
