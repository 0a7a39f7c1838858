import { JsonView } from '../../../json/json-view.ts'
import { readEvents } from '../../../sse/read-events.ts'
import { gatherBody } from '../../../transport/gather-body.ts'
import type { UpstreamResponse } from '../../../transport/transport.ts'
import { callUrl } from '../../call-url.ts'
import type { ProviderAnswer, ProviderCall, ProviderDeps } from '../../provider.ts'
import { sendCall } from '../../send-call.ts'
import { readUpstreamError } from '../../upstream-error.ts'
import { refusalOf } from '../../upstream-refusal.ts'
import { readAgentAnswer } from './agent-answer.ts'
import { agentRequest } from './agent-request.ts'
import { readAgentStream } from './agent-stream.ts'
import { foldStream } from './fold-stream.ts'

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
  const response = await sendCall(call, { url, body: agentRequest(call.body, call) }, transport)
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
  const streamed = /^\s*text\/event-stream\b/i.test(response.header('content-type') ?? '')
  if (!streamed) return readAgentAnswer(await gatherBody(response.body), context)
  const head = {
    id: `chatcmpl-${call.requestId}`,
    created: Math.floor(context.now / 1000),
    model: call.model,
    // A plain answer always has its tokens.
    includeUsage: !call.stream || wantsUsage(call.body),
  }
  const batches = readAgentStream(readEvents(response.body, call.maxResponseBytes), head)
  if (call.stream) return { kind: 'stream', batches, upstreamStatus: 200 }
  return foldStream(batches, context)
}

function wantsUsage(body: string): boolean {
  return JsonView.ofBody(body).get('stream_options')?.get('include_usage')?.isTrue ?? false
}
