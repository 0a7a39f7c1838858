import type { BodyDecision, Identity } from '@keeptrusts/core'
import type { Call } from '../call/call.ts'
import type { ChatRequest } from '../call/chat-request.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import type { Reply } from '../http/reply.ts'
import type { TargetRuntime } from '../providers/target-runtime.ts'
import { answerHeaders } from './answer-headers.ts'
import { bridgeSilence } from './bridge-silence.ts'
import { callProvider } from './call-provider.ts'
import { checkAnswer } from './check-answer.ts'
import { checkRequest } from './check-request.ts'
import { identify } from './identify.ts'
import { parseRequest } from './parse-request.ts'
import { recordDecision } from './record-decision.ts'
import { recordOutcome } from './record-outcome.ts'
import { reply } from './reply.ts'
import { replyBlocked } from './reply-blocked.ts'
import { replyFailure } from './reply-failure.ts'
import { selectTarget } from './select-target.ts'

/**
 * The whole way of a call; the only way to a provider. A block is a value, a failure is thrown by a step and
 * becomes a reply here. Never throws.
 */
export async function runPipeline(call: Call, deps: GatewayDeps): Promise<Reply> {
  try {
    const request = await parseRequest(call, deps)
    const identity = await identify(call, deps)
    const target = await selectTarget({ call, model: request.model }, deps)
    const decision = await checkRequest({ call, request, identity }, deps)
    await recordDecision({ call, decision })
    if (decision.outcome === 'block') return replyBlocked({ call, decision }, deps)
    const answering = answer({ call, request, identity, target, decision }, deps)
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
  readonly target: TargetRuntime
  readonly decision: Extract<BodyDecision, { readonly body: unknown }>
}

async function answer(allowed: AllowedCall, deps: GatewayDeps): Promise<Reply> {
  const { call, request, identity, target, decision } = allowed
  const context = { call, identity, request: decision }
  try {
    const received = await callProvider({ call, request, target, body: decision.body }, deps)
    const checked = await checkAnswer({ ...context, answer: received }, deps)
    await recordOutcome({ call, answer: checked }, deps)
    return await reply({ ...context, asked: request, answer: checked }, deps)
  } catch (error) {
    return replyFailure({ call, error }, deps)
  }
}
