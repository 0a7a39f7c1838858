import type { Json } from '../../../json/parse-json.ts'
import { isRecord, parseJson } from '../../../json/parse-json.ts'
import { decodeText } from '../../decode-text.ts'
import type { PlainAnswer } from '../../provider.ts'
import type { CompletionContext } from '../complete-completion.ts'
import { completeCompletion } from '../complete-completion.ts'
import { readPrediction } from '../scoring-server/read-prediction.ts'
import { chatUsage, finishReason } from './agent-facts.ts'
import type { Delta } from './agent-output.ts'
import { AgentOutput, listOf } from './agent-output.ts'

/**
 * An agent's reply as a `chat.completion`. Agents of no declared type answer as they like: what has no `output` is read
 * like a scoring server's reply. Throws `GatewayError` `upstream_invalid_response` and `upstream_error`.
 */
export function readAgentAnswer(bytes: Uint8Array, context: CompletionContext): PlainAnswer {
  const response = parseJson(decodeText(bytes) ?? '')
  if (!isRecord(response) || !Array.isArray(response['output']))
    return readPrediction(bytes, context)
  const text = JSON.stringify(completeCompletion(toCompletion(response), context))
  return { kind: 'plain', text, bytes: null, upstreamStatus: 200 }
}

function toCompletion(response: Json): Json {
  const output = new AgentOutput()
  const deltas = output.items(listOf(response['output']))
  const calls = output.toolCalls().map(({ index: _, ...call }) => call)
  const message = { ...joined(deltas), ...(calls.length > 0 ? { tool_calls: calls } : {}) }
  const { id, created_at: created, custom_outputs: custom } = response
  return {
    id,
    created: typeof created === 'number' ? Math.floor(created) : null,
    choices: [{ index: 0, message, finish_reason: finishReason(response, calls.length > 0) }],
    usage: chatUsage(response['usage']),
    ...(isRecord(custom) ? { custom_outputs: custom } : {}),
  }
}

/** The pieces of each field, joined; the text is `null` when there is none, as beside tool calls. */
function joined(deltas: readonly Delta[]): Json {
  const fields: Record<string, string> = {}
  for (const [field, text] of deltas.flatMap((delta) => Object.entries(delta)))
    fields[field] = (fields[field] ?? '') + String(text)
  return { role: 'assistant', content: null, ...fields }
}
