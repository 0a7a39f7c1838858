import type { ErrorBody } from '../errors/error-body.ts'
import type { SseEvent } from './sse-event.ts'
import { dataEvent } from './sse-event.ts'

/**
 * What a client reads when a call fails after the head of its stream went out: each open choice is closed with
 * `content_filter`, then the error. Clients of OpenAI's libraries get the error as an exception.
 */
export function failureEvents(error: ErrorBody, openChoices: readonly number[]): SseEvent[] {
  const closings = openChoices.map((index) =>
    dataEvent(
      JSON.stringify({
        object: 'chat.completion.chunk',
        choices: [{ index, delta: {}, finish_reason: 'content_filter' }],
      }),
    ),
  )
  return [...closings, dataEvent(JSON.stringify(error))]
}
