import { createCall } from '../call/call.ts'
import type { GatewayCode } from '../errors/gateway-error.ts'
import { GatewayError } from '../errors/gateway-error.ts'
import { toErrorReply } from '../errors/to-response.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import type { IncomingCall } from '../http/incoming-call.ts'
import type { Reply } from '../http/reply.ts'
import type { LiveGateway } from '../reload/live-gateway.ts'
import { answerHeaders } from './answer-headers.ts'
import { runPipeline } from './pipeline.ts'
import { tellOverhead } from './tell-overhead.ts'

/**
 * Lets a call in if the gateway takes calls and has room, and counts it until its answer is out. The configuration that it is met with
 * decides about all of it. Never throws.
 */
export async function handleCall(incoming: IncomingCall, live: LiveGateway): Promise<Reply> {
  const { deps, end } = live.enter()
  const call = createCall(incoming, deps)
  const refusal = await refuse(deps)
  if (refusal) {
    deps.metrics.count('refused')
    end()
    return tellOverhead(toErrorReply(refusal, answerHeaders(call)), call, deps)
  }
  const leave = deps.status.enter(incoming.cancellation)
  const reply = tellOverhead(await runPipeline(call, deps), call, deps)
  const onSent = (): void => {
    deps.limiter.leave()
    leave()
    end()
  }
  return { ...reply, onSent }
}

async function refuse(deps: GatewayDeps): Promise<GatewayError | null> {
  if (deps.status.draining) return later('shutting_down', { connection: 'close' })
  if (!deps.config.pack.enabled) return new GatewayError('pack_disabled')
  return (await deps.limiter.enter()) ? null : later('overloaded')
}

function later(code: GatewayCode, headers: Readonly<Record<string, string>> = {}): GatewayError {
  return new GatewayError(code, { headers: { ...headers, 'retry-after': '1' } })
}
