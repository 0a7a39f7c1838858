import type { BodyDecision, Identity } from '@keeptrusts/core'
import type { Call } from '../call/call.ts'
import type { ChatRequest } from '../call/chat-request.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import type { Reply } from '../http/reply.ts'
import type { TargetRuntime } from '../providers/target-runtime.ts'
import { answerHeaders } from './answer-headers.ts'
import { askTargets } from './ask-targets.ts'
import { bridgeSilence } from './bridge-silence.ts'
import { checkRequest } from './check-request.ts'
import { identify } from './identify.ts'
import { parseRequest } from './parse-request.ts'
import { recordDecision } from './record-decision.ts'
import { recordOutcome } from './record-outcome.ts'
import { reply } from './reply.ts'
import { replyBlocked } from './reply-blocked.ts'
import { replyFailure } from './reply-failure.ts'
import { selectTargets } from './select-targets.ts'

/**
 * The whole way of a call; the only way to a provider. A block is a value, a failure is thrown by a step and
 * becomes a reply here. Never throws.
 */
export async function runPipeline(call: Call, deps: GatewayDeps): Promise<Reply> {
  try {
    const request = await parseRequest(call, deps)
    const identity = await identify(call, deps)
    const targets = await selectTargets({ call, identity, model: request.model }, deps)
    const decision = await checkRequest({ call, request, identity }, deps)
    await recordDecision({ call, decision })
    if (decision.outcome === 'block') return replyBlocked({ call, decision }, deps)
    const answering = answer({ call, request, identity, targets, decision }, deps)
    const { shape } = call.incoming.endpoint
    const bridged = { reply: answering, shape, headers: () => answerHeaders(call) }
    return request.stream ? bridgeSilence(bridged, deps) : answering
  } catch (error) {
    return replyFailure({ call, error }, deps)
  }
}

interface AllowedCall {
  readonly call: Call
  readonly request: ChatRequest
  readonly identity: Identity
  readonly targets: readonly TargetRuntime[]
  readonly decision: Extract<BodyDecision, { readonly body: unknown }>
}

async function answer(allowed: AllowedCall, deps: GatewayDeps): Promise<Reply> {
  const { call, request, identity, targets, decision } = allowed
  const context = { call, identity, request: decision }
  try {
    const checked = await askTargets({ ...context, asked: request, targets }, deps)
    await recordOutcome({ call, answer: checked }, deps)
    return await reply({ ...context, asked: request, answer: checked }, deps)
  } catch (error) {
    return replyFailure({ call, error }, deps)
  }
}
