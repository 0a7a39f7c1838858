import type { ErrorBody } from '../errors/error-body.ts'

/** What goes back to the client: written to a socket or turned into a web `Response` in one place each. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** The whole body, or the pieces of a stream in order; a stream that throws ends as a broken connection. */
  readonly body: string | Uint8Array | AsyncIterable<Uint8Array>
  /** Set when the body is an error, for the case that the head of a stream is already out. */
  readonly error?: ErrorBody
  /** With `error`: choices of a stream that the client would wait for. */
  readonly openChoices?: readonly number[]
  /** Text to send during `afterMs` milliseconds of silence, and then again. */
  readonly heartbeat?: { readonly text: Uint8Array; readonly afterMs: number }
  /** Called once when the body has gone out, or can't any more. */
  readonly onSent?: () => void
}

/** A JSON reply. */
export function jsonReply(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return {
    status,
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }
}

/** Tells a stream from a whole body. */
export function isStreamBody(body: Reply['body']): body is AsyncIterable<Uint8Array> {
  return typeof body === 'object' && Symbol.asyncIterator in body
}
