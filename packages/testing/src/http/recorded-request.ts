import type { IncomingHttpHeaders } from 'node:http'

/** One request as a fake server received it. */
export interface RecordedRequest {
  readonly method: string
  /** With the query. */
  readonly path: string
  /** Names in lower case. */
  readonly headers: IncomingHttpHeaders
  /** Names and values in turn, as they were on the wire. */
  readonly rawHeaders: readonly string[]
  /** The body as text; empty until it was read to its end. */
  body: string
  /** Milliseconds since the epoch, when the head had arrived. */
  readonly time: number
  /** The client went away before the answer was complete. */
  aborted: boolean
  /** Milliseconds since the epoch, when that was noticed. */
  abortedAt: number | null
}
