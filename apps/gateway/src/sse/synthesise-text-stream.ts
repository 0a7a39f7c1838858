import type { Json } from '../json/parse-json.ts'
import { isRecord } from '../json/parse-json.ts'
import type { SseEvent } from './sse-event.ts'
import { dataEvent, doneData } from './sse-event.ts'

/** The stream that a server would have sent for a whole `text_completion`: texts, finish reasons, usage when asked for, `[DONE]`. */
export function synthesiseTextStream(completion: Json, includeUsage: boolean): SseEvent[] {
  const { choices: given, usage, ...head } = completion
  const choices = Array.isArray(given) ? given.filter(isRecord) : []
  const chunks = choices.flatMap((choice, position) => {
    const index = choice['index'] ?? position
    const reason = choice['finish_reason'] ?? 'stop'
    return [
      { ...head, choices: [{ ...choice, index, finish_reason: null }] },
      { ...head, choices: [{ index, text: '', logprobs: null, finish_reason: reason }] },
    ]
  })
  const last = includeUsage ? [{ ...head, choices: [], usage: usage ?? null }] : []
  const events = [...chunks, ...last].map((chunk) => dataEvent(JSON.stringify(chunk)))
  return [...events, dataEvent(doneData)]
}
