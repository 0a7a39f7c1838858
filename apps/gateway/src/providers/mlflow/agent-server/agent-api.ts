import type { ApiShape } from '@keeptrusts/core'
import { JsonView } from '../../../json/json-view.ts'
import type { SseEvent } from '../../../sse/sse-event.ts'
import type { PlainAnswer } from '../../provider.ts'
import type { CompletionContext } from '../complete-completion.ts'
import { readAgentAnswer } from './agent-answer.ts'
import { agentRequest } from './agent-request.ts'
import type { ChunkHead } from './agent-stream.ts'
import { readAgentStream } from './agent-stream.ts'
import { foldStream } from './fold-stream.ts'
import { lastResponse, readResponse } from './response-answer.ts'
import { responseRequest } from './response-request.ts'
import { completeResponseStream } from './response-stream.ts'

type Batches = AsyncIterable<readonly SseEvent[]>

/** How a client's API is spoken with an agent, which speaks that of Responses. */
interface AgentApi {
  readonly request: (body: string, wish: { readonly stream: boolean }) => string
  readonly readWhole: (bytes: Uint8Array, context: CompletionContext) => PlainAnswer
  readonly readStream: (batches: Batches, context: CompletionContext) => Batches
  /** The whole answer of what `readStream` gives. */
  readonly fold: (batches: Batches, context: CompletionContext) => Promise<PlainAnswer>
}

const chat: AgentApi = {
  request: agentRequest,
  readWhole: readAgentAnswer,
  readStream: (batches, context) => readAgentStream(batches, chunkHead(context)),
  fold: foldStream,
}

const responses: AgentApi = {
  request: responseRequest,
  readWhole: readResponse,
  readStream: completeResponseStream,
  fold: lastResponse,
}

/** The API of a call: agents have chat and responses. */
export function agentApi(shape: ApiShape): AgentApi {
  return shape === 'responses' ? responses : chat
}

function chunkHead({ call, now }: CompletionContext): ChunkHead {
  return {
    id: `chatcmpl-${call.requestId}`,
    created: Math.floor(now / 1000),
    model: call.model,
    // A plain answer always has its tokens.
    includeUsage: !call.stream || wantsUsage(call.body),
  }
}

function wantsUsage(body: string): boolean {
  return JsonView.ofBody(body).get('stream_options')?.get('include_usage')?.isTrue ?? false
}
