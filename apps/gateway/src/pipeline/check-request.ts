import type { BodyDecision, Identity } from '@keeptrusts/core'
import type { Call } from '../call/call.ts'
import type { ChatRequest } from '../call/chat-request.ts'
import type { GatewayDeps } from '../gateway-deps.ts'

interface RequestToCheck {
  readonly call: Call
  readonly request: ChatRequest
  readonly identity: Identity
}

/** Runs the chain over the request, for the model that will be asked: not every client writes its name. A block is a value; throws what the engine throws for a body it cannot read. */
export async function checkRequest(
  { call, request, identity }: RequestToCheck,
  { engine }: GatewayDeps,
): Promise<BodyDecision> {
  const { target } = call.known
  return engine.checkRequest({
    shape: call.incoming.endpoint.shape,
    source: request.text,
    requestId: call.id,
    identity,
    headers: call.incoming.headers,
    ...(target && { model: target.model }),
  })
}
