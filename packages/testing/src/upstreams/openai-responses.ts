import { isObject, lastUserText } from '../chat/chat-body.ts'
import { cut } from '../chat/completion-chunks.ts'
import type { Reply } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import { countTokens, idFor } from './answer-facts.ts'
import { responseEvents } from './response-events.ts'
import type { UpstreamSettings } from './upstream-settings.ts'

type Json = Readonly<Record<string, unknown>>

/** Answers `POST /v1/responses`: a response with what it repeats of its request, plain or as the events of its stream. */
export function respond(body: Json, settings: UpstreamSettings): Reply {
  const { input, instructions, metadata, tools, user } = body
  const question = typeof input === 'string' ? input : lastUserText(input)
  const text = settings.answer(question, body)
  const output = outputOf(body, { question, text, settings })
  const tokens = countTokens(JSON.stringify(input ?? ''))
  const response = {
    ...{ id: idFor('resp', body), object: 'response', created_at: settings.created() },
    ...{ status: 'completed', background: false, error: null, incomplete_details: null },
    ...{ instructions: instructions ?? null, max_output_tokens: null, model: settings.model },
    ...{ output, parallel_tool_calls: true, previous_response_id: null },
    ...{ metadata: metadata ?? {}, tools: tools ?? [], user: user ?? null, tool_choice: 'auto' },
    ...{ text: { format: { type: 'text' } }, temperature: 1, top_p: 1, truncation: 'disabled' },
    usage: {
      input_tokens: tokens,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: countTokens(text),
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: tokens + countTokens(text),
    },
  }
  if (body['stream'] !== true) return json(200, response)
  return { chunks: responseEvents(response, settings.chunkLength), done: false, named: true }
}

interface Said {
  readonly question: string
  readonly text: string
  readonly settings: UpstreamSettings
}

function outputOf(body: Json, { question, text, settings }: Said): Json[] {
  const reasoning = {
    ...{ type: 'reasoning', id: 'rs_1', status: 'completed' },
    summary: [{ type: 'summary_text', text: `Thinking about: ${text}` }],
  }
  const thoughts = settings.responseParts.includes('reasoning') ? [reasoning] : []
  const name = wantedFunction(body)
  if (name !== null) {
    const call = { type: 'function_call', id: 'fc_1', call_id: 'call_1', status: 'completed' }
    return [...thoughts, { ...call, name, arguments: JSON.stringify({ text: question }) }]
  }
  const wantsTokens =
    Array.isArray(body['include']) && body['include'].includes('message.output_text.logprobs')
  const logprobs = wantsTokens ? tokensOf(text, settings.chunkLength) : []
  const content = settings.responseParts.includes('refusal')
    ? { type: 'refusal', refusal: text }
    : { type: 'output_text', text, annotations: [], logprobs }
  const message = { type: 'message', id: 'msg_1', status: 'completed', role: 'assistant' }
  return [...thoughts, { ...message, content: [content] }]
}

/** A request that insists on a tool gets a call of its first function. */
function wantedFunction({ tools, tool_choice: choice }: Json): string | null {
  if (choice !== 'required' || !Array.isArray(tools)) return null
  const first: unknown = tools.find((tool) => isObject(tool) && tool['type'] === 'function')
  return isObject(first) && typeof first['name'] === 'string' ? first['name'] : null
}

function tokensOf(text: string, length: number): Json[] {
  return cut(text, length).map((token) => {
    const bytes = [...Buffer.from(token)]
    return { token, bytes, logprob: -0.1, top_logprobs: [{ token, bytes, logprob: -0.1 }] }
  })
}
