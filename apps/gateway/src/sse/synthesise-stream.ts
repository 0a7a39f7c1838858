import type { SseEvent } from './sse-event.ts'
import { dataEvent, doneData } from './sse-event.ts'

type Json = Readonly<Record<string, unknown>>

/**
 * The stream that a server would have sent for a whole answer: role, content in pieces, tool calls, finish,
 * usage when asked for, `[DONE]`. `completion` is a `chat.completion` object.
 */
export function synthesiseStream(completion: Json, includeUsage: boolean): SseEvent[] {
  const head = {
    id: completion['id'],
    object: 'chat.completion.chunk',
    created: completion['created'],
    model: completion['model'],
  }
  const choices = Array.isArray(completion['choices']) ? completion['choices'] : []
  const chunks = choices.flatMap((choice: Json, position) => choiceChunks(choice, position))
  const events = chunks.map((choice) => dataEvent(JSON.stringify({ ...head, choices: [choice] })))
  const usage = { ...head, choices: [], usage: completion['usage'] ?? null }
  return [
    ...events,
    ...(includeUsage ? [dataEvent(JSON.stringify(usage))] : []),
    dataEvent(doneData),
  ]
}

function choiceChunks(choice: Json, position: number): Json[] {
  const index = typeof choice['index'] === 'number' ? choice['index'] : position
  const message = (choice['message'] ?? {}) as Json
  const { role, content, tool_calls: toolCalls, ...rest } = message
  const deltas: Json[] = [{ role: role ?? 'assistant', content: '' }]
  if (typeof content === 'string')
    deltas.push(...pieces(content).map((text) => ({ content: text })))
  else if (content !== null && content !== undefined) deltas.push({ content })
  if (Array.isArray(toolCalls)) {
    deltas.push(...toolCalls.map((call: Json, at) => ({ tool_calls: [{ index: at, ...call }] })))
  }
  const others = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null))
  if (Object.keys(others).length > 0) deltas.push(others)
  return [
    ...deltas.map((delta) => ({ index, delta, finish_reason: null })),
    { index, delta: {}, finish_reason: choice['finish_reason'] ?? 'stop' },
  ]
}

/** Pieces of at most 256 code points, so that no pair of surrogates is cut. */
function pieces(text: string): string[] {
  return text.match(/[\s\S]{1,256}/gu) ?? []
}
