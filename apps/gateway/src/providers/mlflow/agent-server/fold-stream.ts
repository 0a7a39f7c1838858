import type { Json } from '../../../json/parse-json.ts'
import { isRecord } from '../../../json/parse-json.ts'
import type { SseEvent } from '../../../sse/sse-event.ts'
import { doneData } from '../../../sse/sse-event.ts'
import type { PlainAnswer } from '../../provider.ts'
import type { CompletionContext } from '../complete-completion.ts'
import { completeCompletion } from '../complete-completion.ts'
import { listOf } from './agent-output.ts'

/** The whole answer that a stream of chunks with one choice makes, for clients that did not ask for a stream. Throws what `batches` throws. */
export async function foldStream(
  batches: AsyncIterable<readonly SseEvent[]>,
  context: CompletionContext,
): Promise<PlainAnswer> {
  const message: Record<string, unknown> = { role: 'assistant', content: null }
  let choice: Json = {}
  let head: Json = {}
  for await (const batch of batches) {
    for (const { data } of batch) {
      if (data === null || data === doneData) continue
      const { choices, object: _, ...rest } = JSON.parse(data) as Json
      // What the agent adds and its tokens stand in different chunks.
      head = { ...head, ...rest }
      const [next] = listOf(choices)
      if (next === undefined) continue
      choice = next
      if (isRecord(choice['delta'])) addDelta(message, choice['delta'])
    }
  }
  const choices = [{ index: 0, message, finish_reason: choice['finish_reason'] }]
  const text = JSON.stringify(completeCompletion({ ...head, choices }, context))
  return { kind: 'plain', text, bytes: null, upstreamStatus: 200 }
}

function addDelta(message: Record<string, unknown>, delta: Json): void {
  for (const [field, value] of Object.entries(delta)) {
    if (field === 'role') continue
    if (field === 'tool_calls') {
      // Added in place: an answer can hold as many calls as fit into its bytes, each in a chunk of its own.
      const calls = (message[field] ?? []) as Json[]
      message[field] = calls
      for (const { index: _, ...call } of listOf(value)) calls.push(call)
    } else message[field] = `${message[field] ?? ''}${value}`
  }
}
