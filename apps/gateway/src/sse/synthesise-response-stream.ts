import type { Json } from '../json/parse-json.ts'
import { isRecord } from '../json/parse-json.ts'
import type { SseEvent } from './sse-event.ts'
import { namedEvent } from './sse-event.ts'

/** The stream that a server would have sent for a whole response: its items one after the other, texts in one piece. */
export function synthesiseResponseStream(response: Json): SseEvent[] {
  const begun = { ...response, status: 'in_progress', output: [], usage: null }
  const ending = response['status'] === 'incomplete' ? 'incomplete' : 'completed'
  const events: Json[] = [
    { type: 'response.created', response: begun },
    { type: 'response.in_progress', response: begun },
    ...listOf(response['output']).flatMap(itemEvents),
    { type: `response.${ending}`, response },
  ]
  return events.map((event, at) =>
    namedEvent(String(event['type']), JSON.stringify({ ...event, sequence_number: at })),
  )
}

function itemEvents(item: Json, index: number): Json[] {
  const isMessage = item['type'] === 'message'
  const begun = { ...item, status: 'in_progress', ...(isMessage && { content: [] }) }
  const at = { item_id: item['id'], output_index: index }
  return [
    { type: 'response.output_item.added', output_index: index, item: begun },
    ...(isMessage
      ? listOf(item['content']).flatMap((part, position) =>
          partEvents(part, { ...at, content_index: position }),
        )
      : []),
    { type: 'response.output_item.done', output_index: index, item },
  ]
}

function partEvents(part: Json, at: Json): Json[] {
  const key = part['type'] === 'refusal' ? 'refusal' : 'text'
  const stem = key === 'refusal' ? 'response.refusal' : 'response.output_text'
  const text = part[key]
  const logprobs = key === 'text' ? { logprobs: [] } : {}
  return [
    { type: 'response.content_part.added', ...at, part: { ...part, [key]: '' } },
    { type: `${stem}.delta`, ...at, delta: text, ...logprobs },
    { type: `${stem}.done`, ...at, [key]: text, ...logprobs },
    { type: 'response.content_part.done', ...at, part },
  ]
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isRecord) : []
}
