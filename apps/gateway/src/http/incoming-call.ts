import type { Cancellation } from '../call/cancellation.ts'
import type { Endpoint } from '../call/endpoints.ts'

/** A request as the pipeline sees it: no Hono, no Node, no web streams. */
export interface IncomingCall {
  readonly method: string
  /** The route: what the client wrote may lead there in other spellings. */
  readonly endpoint: Endpoint
  /** Lower-case names; repeated headers as Node joins them. */
  readonly headers: Readonly<Record<string, string>>
  /** `null` when the call did not come over a socket. */
  readonly remoteAddress: string | null
  /** When the gateway first knew of it, as `performance.now()` tells it. */
  readonly arrivedAt: number
  /** True when the whole body is here: reading it waits for nobody. */
  readonly isComplete: boolean
  /** Fires when the client is gone before it has its whole answer. */
  readonly cancellation: Cancellation
  /**
   * Reads the body, once. Throws `GatewayError` `request_too_large` for more than `limit` bytes,
   * judged by Content-Length before a byte is read where there is one.
   */
  readBody(limit: number): Promise<Uint8Array>
}
