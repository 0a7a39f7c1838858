import type { CheckedBody } from '@keeptrusts/core'
import type { Call } from '../call/call.ts'
import type { ChatRequest } from '../call/chat-request.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import type { ProviderAnswer } from '../providers/provider.ts'
import { providerOf } from '../providers/registry.ts'
import type { TargetRuntime } from '../providers/target-runtime.ts'
import { TransportError } from '../transport/transport-error.ts'
import { withModel } from './with-model.ts'

interface CallToSend {
  readonly call: Call
  readonly request: ChatRequest
  readonly target: TargetRuntime
  /** What the policies let through. */
  readonly body: CheckedBody
}

/** Sends the checked bytes to the target's server. Throws `GatewayError` and `TransportError`. */
export async function callProvider(
  { call, request, target, body }: CallToSend,
  deps: GatewayDeps,
): Promise<ProviderAnswer> {
  const { cancellation, headers, endpoint } = call.incoming
  if (cancellation.reason !== null) throw new TransportError('cancelled', { sent: false })
  return providerOf(target.provider).call(
    {
      target,
      endpoint,
      body: withModel(body.source, { asked: request, served: target.model }),
      stream: request.stream,
      model: request.model ?? target.model,
      requestId: requestIdHeader(headers['x-request-id']) ?? call.id,
      traceparent: traceparent(headers['traceparent']),
      cancellation,
      waits: call.watch.upstream,
      maxResponseBytes: deps.config.size_limits.max_response_bytes,
    },
    deps,
  )
}

function requestIdHeader(value: string | undefined): string | null {
  return value !== undefined && /^[\w.:-]{1,128}$/.test(value) ? value : null
}

/** W3C Trace Context §3.2. */
function traceparent(value: string | undefined): string | null {
  return value !== undefined && /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/.test(value)
    ? value
    : null
}
