import type { BodyDecision, Identity } from '@keeptrusts/core'
import { KeeptrustsError } from '@keeptrusts/core'
import type { Call } from '../call/call.ts'
import { GatewayError } from '../errors/gateway-error.ts'
import type { GatewayDeps } from '../gateway-deps.ts'

/** What an answer is checked against. */
export interface AnswerContext {
  readonly call: Call
  readonly identity: Identity
  /** The decision about the request. */
  readonly request: BodyDecision
}

/** What the engine needs to know about the call that an answer belongs to. */
export function responseInput({ call, identity, request }: AnswerContext) {
  const model = call.known.request?.model ?? null
  return {
    shape: call.incoming.endpoint.shape,
    request,
    requestId: call.id,
    identity,
    headers: call.incoming.headers,
    ...(model !== null && { model }),
  }
}

/** The chain's decision about an answer. A body that the engine cannot read is the upstream's fault: throws `upstream_invalid_response`. */
export async function checkResponseBody(
  source: string,
  context: AnswerContext,
  { engine }: GatewayDeps,
): Promise<BodyDecision> {
  try {
    return await engine.checkResponse({ ...responseInput(context), source })
  } catch (cause) {
    if (!KeeptrustsError.isInstance(cause)) throw cause
    throw new GatewayError('upstream_invalid_response', { cause })
  }
}
