import { readEvents } from '../../../sse/read-events.ts'
import { gatherBody } from '../../../transport/gather-body.ts'
import type { UpstreamResponse } from '../../../transport/transport.ts'
import { callUrl } from '../../call-url.ts'
import type { ProviderAnswer, ProviderCall, ProviderDeps } from '../../provider.ts'
import { sendCall } from '../../send-call.ts'
import { readUpstreamError } from '../../upstream-error.ts'
import { refusalOf } from '../../upstream-refusal.ts'
import { agentApi } from './agent-api.ts'

/**
 * Calls an agent server of MLflow (`mlflow.genai.agent_server`), which takes Responses requests at `/invocations`,
 * whatever its agent's type is. An agent that has no function for streams, or only that one, says so before any of its
 * code ran: it is then called once in the way that it has, and that is remembered.
 */
export async function callAgentServer(
  call: ProviderCall,
  deps: ProviderDeps,
): Promise<ProviderAnswer> {
  const { target } = call
  const stream = target.learned.agentStreams ?? call.stream
  const response = await send({ ...call, stream }, deps)
  if (response.status === 200) return readAnswer(response, { call, deps })
  const bytes = await gatherBody(response.body)
  if (!readUpstreamError(bytes).noAgentFunction) throw refusalOf({ response, bytes }, target)
  target.learned.agentStreams = !stream
  const second = await send({ ...call, stream: !stream }, deps)
  if (second.status === 200) return readAnswer(second, { call, deps })
  throw refusalOf({ response: second, bytes: await gatherBody(second.body) }, target)
}

async function send(call: ProviderCall, { transport }: ProviderDeps): Promise<UpstreamResponse> {
  const url = callUrl(call, 'agent')
  const body = agentApi(call.endpoint.shape).request(call.body, call)
  const response = await sendCall(call, { url, body }, transport)
  call.target.health.reachable = true
  return response
}

interface Answering {
  readonly call: ProviderCall
  readonly deps: ProviderDeps
}

async function readAnswer(
  response: UpstreamResponse,
  { call, deps }: Answering,
): Promise<ProviderAnswer> {
  const context = { call, now: deps.now() }
  const { readWhole, readStream, fold } = agentApi(call.endpoint.shape)
  const streamed = /^\s*text\/event-stream\b/i.test(response.header('content-type') ?? '')
  if (!streamed) return readWhole(await gatherBody(response.body), context)
  const batches = readStream(readEvents(response.body, call.maxResponseBytes), context)
  if (call.stream) return { kind: 'stream', batches, upstreamStatus: 200 }
  return fold(batches, context)
}
