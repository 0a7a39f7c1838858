import type { Blocked } from '@keeptrusts/core'
import type { Reply } from '../http/reply.ts'
import { jsonReply } from '../http/reply.ts'
import type { ErrorBody } from './error-body.ts'
import type { GatewayError } from './gateway-error.ts'

type Headers = Readonly<Record<string, string>>

/** The only place that makes error bodies: an error's message is followed by how to fix it. */
export function toErrorBody(error: GatewayError): ErrorBody {
  const { type, code, param, suggestion } = error
  const message = suggestion ? `${error.message.replace(/\.?$/, '.')} ${suggestion}` : error.message
  return { error: { message, type, code, param } }
}

/** The reply to a call that failed. */
export function toErrorReply(error: GatewayError, headers: Headers): Reply {
  const body = toErrorBody(error)
  return { ...jsonReply(error.status, body, { ...headers, ...error.headers }), error: body }
}

/** The body of the error for what a policy stopped. */
export function toBlockBody(
  { message, policy, param }: Blocked,
  stage: 'input' | 'output',
): ErrorBody {
  const code = stage === 'input' ? 'input_blocked' : 'output_blocked'
  return { error: { message, type: 'policy_violation', policy, code, param } }
}

interface Block {
  readonly decision: Blocked
  readonly stage: 'input' | 'output'
  readonly status: number
}

/** The reply to a call that a policy stopped. The header keeps OpenAI's libraries from sending it again. */
export function toBlockReply({ decision, stage, status }: Block, headers: Headers): Reply {
  const body = toBlockBody(decision, stage)
  const reply = jsonReply(status, body, { ...headers, 'x-should-retry': 'false' })
  return { ...reply, error: body }
}
