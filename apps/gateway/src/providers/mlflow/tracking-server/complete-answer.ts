import type { Json } from '../../../json/parse-json.ts'
import { isRecord, parseJson } from '../../../json/parse-json.ts'
import type { SseEvent } from '../../../sse/sse-event.ts'
import { withData } from '../../../sse/sse-event.ts'
import type { PlainAnswer } from '../../provider.ts'
import type { CompletionContext } from '../complete-completion.ts'
import { completeCompletion } from '../complete-completion.ts'

/** The answer of an endpoint; what MLflow leaves null (its providers need not give ids) is filled in. */
export function completeAnswer(answer: PlainAnswer, context: CompletionContext): PlainAnswer {
  const completion = parse(answer.text)
  const choices = completion?.['choices']
  if (!completion || !Array.isArray(choices) || !choices.every(isRecord)) return answer
  if (hasHead(completion) && completion['usage']) return answer
  return { ...answer, text: JSON.stringify(completeCompletion(completion, context)), bytes: null }
}

/** The stream of an endpoint with its heads filled in. Throws what `batches` throws. */
export async function* completeStream(
  batches: AsyncIterable<readonly SseEvent[]>,
  { call, now }: CompletionContext,
): AsyncGenerator<readonly SseEvent[]> {
  const head = {
    id: `chatcmpl-${call.requestId}`,
    created: Math.floor(now / 1000),
    model: call.model,
  }
  for await (const batch of batches) yield batch.map((event) => completeEvent(event, head))
}

function completeEvent(event: SseEvent, head: Json): SseEvent {
  const chunk = parse(event.data)
  if (chunk === null || !Array.isArray(chunk['choices']) || hasHead(chunk)) return event
  const known = Object.entries(chunk).filter(([key, value]) => value !== null || !(key in head))
  return withData(event, JSON.stringify({ ...head, ...Object.fromEntries(known) }))
}

function hasHead({ id, created, model }: Json): boolean {
  return typeof id === 'string' && typeof created === 'number' && typeof model === 'string'
}

function parse(text: string | null): Json | null {
  if (text === null || !text.startsWith('{')) return null
  const value = parseJson(text)
  return isRecord(value) ? value : null
}
