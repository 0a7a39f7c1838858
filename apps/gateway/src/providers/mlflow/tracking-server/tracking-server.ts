import { callUrl } from '../../call-url.ts'
import type { ProviderAnswer, ProviderCall, ProviderDeps } from '../../provider.ts'
import { readAnswer } from '../../read-answer.ts'
import { sendCall } from '../../send-call.ts'
import { completeAnswer, completeStream } from './complete-answer.ts'
import { endpointRequest } from './endpoint-request.ts'

/** Calls a gateway endpoint of `mlflow server`: nearly the client's own protocol, below another path. */
export async function callTrackingServer(
  call: ProviderCall,
  deps: ProviderDeps,
): Promise<ProviderAnswer> {
  const url = callUrl(call, 'tracking')
  const response = await sendCall(call, { url, body: endpointRequest(call.body) }, deps.transport)
  call.target.health.reachable = true
  const answer = await readAnswer(response, call)
  const context = { call, now: deps.now() }
  if (answer.kind === 'plain') return completeAnswer(answer, context)
  return { ...answer, batches: completeStream(answer.batches, context) }
}
