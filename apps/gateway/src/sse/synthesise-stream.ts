import type { SseEvent } from './sse-event.ts'
import { dataEvent, doneData } from './sse-event.ts'

type Json = Readonly<Record<string, unknown>>

/**
 * The stream that a server would have sent for a whole answer: role, content in pieces, tool calls, finish,
 * usage when asked for, `[DONE]`. `completion` is a `chat.completion` object.
 */
export function synthesiseStream(completion: Json, includeUsage: boolean): SseEvent[] {
  const { id, object: _, created, model, choices: given, usage: tokens, ...more } = completion
  const head = { id, object: 'chat.completion.chunk', created, model }
  const choices = Array.isArray(given) ? given : []
  const chunks = choices.flatMap((choice: Json, position) => choiceChunks(choice, position))
  // What else the answer has, `custom_outputs` for instance, comes with its end.
  const events = chunks.map((choice, at) =>
    dataEvent(
      JSON.stringify({ ...head, choices: [choice], ...(at === chunks.length - 1 ? more : {}) }),
    ),
  )
  const usage = { ...head, choices: [], usage: tokens ?? null }
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
