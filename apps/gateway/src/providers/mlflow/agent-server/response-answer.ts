import { GatewayError } from '../../../errors/gateway-error.ts'
import type { Json } from '../../../json/parse-json.ts'
import { isRecord, parseJson } from '../../../json/parse-json.ts'
import type { SseEvent } from '../../../sse/sse-event.ts'
import { decodeText } from '../../decode-text.ts'
import type { PlainAnswer } from '../../provider.ts'
import type { CompletionContext } from '../complete-completion.ts'
import { listOf } from './agent-output.ts'

/** An agent's reply as a whole response. Throws `GatewayError` `upstream_invalid_response` for anything else. */
export function readResponse(bytes: Uint8Array, context: CompletionContext): PlainAnswer {
  const reply = parseJson(decodeText(bytes) ?? '')
  if (!isRecord(reply) || !Array.isArray(reply['output'])) throw noResponse()
  return plainAnswer(completeResponse(reply, context))
}

/** The response that ends a stream, for clients that did not ask for one. Throws what `batches` throws. */
export async function lastResponse(
  batches: AsyncIterable<readonly SseEvent[]>,
): Promise<PlainAnswer> {
  let last: unknown
  for await (const batch of batches) {
    for (const { data } of batch) {
      const event = parseJson(data ?? '')
      if (isRecord(event) && isRecord(event['response'])) last = event['response']
    }
  }
  if (!isRecord(last)) throw noResponse()
  return plainAnswer(last)
}

/** The response with what an agent leaves out: its head, and the ids of its items. */
export function completeResponse(response: Json, { call, now }: CompletionContext): Json {
  const { output, ...rest } = response
  const given = Object.entries(rest).filter(([, value]) => value !== null && value !== undefined)
  return {
    id: `resp_${call.requestId}`,
    object: 'response',
    created_at: Math.floor(now / 1000),
    status: 'completed',
    model: call.model,
    ...{ error: null, incomplete_details: null, instructions: null, metadata: {} },
    ...{
      parallel_tool_calls: true,
      temperature: null,
      tool_choice: 'auto',
      tools: [],
      top_p: null,
    },
    ...Object.fromEntries(given),
    output: listOf(output).map((item, at) => ({ id: `item_${at}`, status: 'completed', ...item })),
  }
}

function plainAnswer(response: Json): PlainAnswer {
  return { kind: 'plain', text: JSON.stringify(response), bytes: null, upstreamStatus: 200 }
}

function noResponse(): GatewayError {
  return new GatewayError('upstream_invalid_response', {
    message: 'The agent answered with something that is no response of the Responses API.',
    suggestion: 'Serve a ResponsesAgent, or call /v1/chat/completions.',
    upstreamStatus: 200,
  })
}
