import type { SseEvent } from './sse-event.ts'
import { SseReader } from './sse-reader.ts'

/** The events of a body, in the batches they arrive in. Throws `SseSyntaxError` and what the body throws. */
export async function* readEvents(
  body: AsyncIterable<Uint8Array>,
  maxEventBytes: number,
): AsyncGenerator<readonly SseEvent[]> {
  const reader = new SseReader(maxEventBytes)
  for await (const chunk of body) {
    const events = reader.push(chunk)
    if (events.length > 0) yield events
  }
  const rest = reader.end()
  if (rest.length > 0) yield rest
}
