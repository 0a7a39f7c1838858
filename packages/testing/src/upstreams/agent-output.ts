import type { Completion } from '../chat/complete-chat.ts'
import type { UpstreamSettings } from './upstream-settings.ts'

type Json = Readonly<Record<string, unknown>>

/** The output items of an agent for an answer: with `agentTools` it looked something up itself on the way. */
export function agentItems({ choices }: Completion, { agentTools }: UpstreamSettings): Json[] {
  const message = choices[0]?.message
  const calls = (message?.tool_calls ?? []).map(({ id, function: called }) => ({
    type: 'function_call',
    id: `fc_${id}`,
    call_id: id,
    ...called,
  }))
  if (calls.length > 0) return calls
  const text = textItem('msg_2', message?.content ?? '')
  return agentTools ? [textItem('msg_1', 'Let me look.'), ...ownWork, text] : [text]
}

function textItem(id: string, text: string): Json {
  const content = [{ type: 'output_text', text, annotations: [] }]
  return { type: 'message', id, role: 'assistant', content }
}

/** A call of the agent to a tool of its own, and what the tool said: nothing that the client has to do. */
const ownWork: readonly Json[] = [
  { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'I should look.' }] },
  { type: 'function_call', id: 'fc_1', call_id: 'call_own', name: 'look', arguments: '{}' },
  { type: 'function_call_output', call_id: 'call_own', output: 'the looked up' },
]

/** The stream of the same answer, in the style that the settings ask for. */
export function agentEvents(completion: Completion, settings: UpstreamSettings): Json[] {
  const items = agentItems(completion, settings)
  const style = settings.agentStream
  const events = items.flatMap((item) => itemEvents(item, settings))
  if (style !== 'completed') return events
  const response = { id: 'resp_1', output: items, usage: responsesUsage(completion.usage) }
  return [...events, { type: 'response.completed', response }]
}

function itemEvents(item: Json, { agentStream: style, chunkLength }: UpstreamSettings): Json[] {
  const done = { type: 'response.output_item.done', item }
  if (style === 'items' || item['type'] !== 'message') return [done]
  const [{ text }] = item['content'] as [{ text: string }]
  const id = style === 'other-ids' ? `stream_${item['id']}` : item['id']
  const pieces = [...text.matchAll(new RegExp(`[^]{1,${chunkLength}}`, 'gu'))]
  const deltas = pieces.map(([delta]) => ({
    type: 'response.output_text.delta',
    item_id: id,
    delta,
  }))
  return [
    { type: 'response.output_item.added', item: { ...item, content: [] } },
    ...deltas,
    { type: 'response.output_text.done', item_id: id, text },
    done,
  ]
}

/** Token counts in the words of the Responses API. */
export function responsesUsage(usage: Completion['usage']): Readonly<Record<string, unknown>> {
  return {
    input_tokens: usage.prompt_tokens,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: usage.completion_tokens,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: usage.total_tokens,
  }
}
