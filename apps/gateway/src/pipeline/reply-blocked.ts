import type { BodyDecision } from '@keeptrusts/core'
import type { Call } from '../call/call.ts'
import { GatewayError } from '../errors/gateway-error.ts'
import { toBlockReply, toErrorReply } from '../errors/to-response.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import type { Reply } from '../http/reply.ts'
import { answerHeaders } from './answer-headers.ts'

interface BlockedRequest {
  readonly call: Call
  readonly decision: Extract<BodyDecision, { readonly outcome: 'block' }>
}

/** The reply to a request that a policy stopped. */
export function replyBlocked({ call, decision }: BlockedRequest, { config }: GatewayDeps): Reply {
  if (decision.reason === 'unscannable_input') return replyUnscannable({ call, decision })
  const status = config.enforcement.block_status
  return toBlockReply({ decision, stage: 'input', status }, answerHeaders(call))
}

/** Not a policy's judgement of a text but the lack of one: 400, with the engine's own advice (decision T3). */
function replyUnscannable({ call, decision: { message, param } }: BlockedRequest): Reply {
  const error = new GatewayError('unscannable_input', { message, suggestion: '', param })
  return toErrorReply(error, answerHeaders(call))
}
