import type { ApiShape } from '@keeptrusts/core'
import type { ErrorBody } from '../errors/error-body.ts'
import type { SseEvent } from './sse-event.ts'
import { dataEvent, namedEvent } from './sse-event.ts'

/** A stream that fails. */
export interface FailedStream {
  readonly shape: ApiShape
  readonly error: ErrorBody
  /** Choices that the client would wait for. */
  readonly openChoices: readonly number[]
}

/**
 * What a client reads when a call fails after the head of its stream went out: each open choice is closed with
 * `content_filter`, then the error. Clients of OpenAI's libraries get the error as an exception.
 */
export function failureEvents({ shape, error, openChoices }: FailedStream): SseEvent[] {
  if (shape === 'responses') return [responseFailure(error)]
  const closings = openChoices.map((index) => dataEvent(JSON.stringify(closing(shape, index))))
  return [...closings, dataEvent(JSON.stringify(error))]
}

function closing(shape: ApiShape, index: number): object {
  const end = { index, finish_reason: 'content_filter' }
  if (shape === 'completions') return { object: 'text_completion', choices: [{ ...end, text: '' }] }
  return { object: 'chat.completion.chunk', choices: [{ ...end, delta: {} }] }
}

/** The API's own `error` event, with `error` for the libraries, which throw for nothing else. */
function responseFailure({ error }: ErrorBody): SseEvent {
  const { code, message, param } = error
  return namedEvent('error', JSON.stringify({ type: 'error', code, message, param, error }))
}
