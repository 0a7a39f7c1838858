import { KeeptrustsError } from '@keeptrusts/core'
import { isAuthFailure, refuseCaller } from '../audit/refuse-caller.ts'
import type { Call } from '../call/call.ts'
import type { GatewayError } from '../errors/gateway-error.ts'
import { toGatewayError } from '../errors/to-gateway-error.ts'
import { toErrorReply } from '../errors/to-response.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import type { Reply } from '../http/reply.ts'
import type { LogFields } from '../log/log.ts'
import { errorFields } from '../log/log.ts'
import { TransportError } from '../transport/transport-error.ts'
import { answerHeaders } from './answer-headers.ts'

interface Failed {
  readonly call: Call
  /** Whatever a step threw. */
  readonly error: unknown
}

/** The reply to a call that failed, once the failure is recorded. Never throws. */
export async function replyFailure({ call, error }: Failed, deps: GatewayDeps): Promise<Reply> {
  const failure = toGatewayError(error, call.known.target)
  logFailure({ call, error: failure }, deps)
  const answered = await recordFailure({ call, failure }, deps)
  return toErrorReply(answered, answerHeaders(call))
}

function logFailure({ call, error }: { call: Call; error: GatewayError }, deps: GatewayDeps): void {
  const { reason } = call.incoming.cancellation
  const target = call.known.target?.id
  const known = { request_id: call.id, ...(target && { target }) }
  if (reason !== null) {
    deps.log.info('call.cancelled', { ...known, code: reason })
    return
  }
  const { cause } = error
  deps.log[error.status >= 500 ? 'error' : 'warn']('call.failed', {
    ...known,
    code: error.code,
    status: error.status,
    ...(error.upstreamStatus !== null && { upstream_status: error.upstreamStatus }),
    ...(cause instanceof TransportError && cause.systemCode && { system_code: cause.systemCode }),
    ...(error.code === 'internal_error' && errorFields(cause)),
    // The client is told nothing of it, and the message of our own error holds the file and what SQLite says.
    ...(error.code === 'access_unavailable' && accessFields(cause)),
  })
}

function accessFields(cause: unknown): LogFields {
  return cause instanceof KeeptrustsError ? { message: cause.message } : errorFields(cause)
}

interface Failure {
  readonly call: Call
  readonly failure: GatewayError
}

/** Returns the error to answer with: the failure, or that it could not be recorded. */
async function recordFailure({ call, failure }: Failure, deps: GatewayDeps): Promise<GatewayError> {
  if (failure.code === 'audit_unavailable') return failure
  if (isAuthFailure(failure)) {
    const { remoteAddress } = call.incoming
    return refuseCaller({ failure, requestId: call.id, remoteAddress }, deps)
  }
  try {
    await appendFailure({ call, failure })
    return failure
  } catch (error) {
    return toGatewayError(error)
  }
}

async function appendFailure({ call, failure }: Failure): Promise<void> {
  const { journal, incoming } = call
  if (!journal.decided) return journal.decide(failure)
  if (incoming.cancellation.reason !== null) return journal.abort(incoming.cancellation.reason)
  return journal.complete({
    error: failure,
    status: failure.status,
    upstreamStatus: failure.upstreamStatus,
    usage: null,
    finishReasons: [],
    released: { text: null, bytes: 0 },
  })
}
