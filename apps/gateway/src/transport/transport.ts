import type { Cancellation } from '../call/cancellation.ts'
import type { Waits } from '../call/waits.ts'
import type { TlsMaterial } from './tls-material.ts'

/** One request to an upstream. */
export interface UpstreamRequest {
  readonly method: 'GET' | 'POST'
  readonly url: URL
  /** Everything that is sent; nothing is added but what HTTP itself needs. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | null
  /** Milliseconds (decision C9). `first_byte_ms` counts from the send to the head of the answer. */
  readonly timeouts: {
    readonly connect_ms: number
    readonly first_byte_ms: number
    readonly idle_ms: number
  }
  /** Most bytes of a decoded body. */
  readonly maxBodyBytes: number
  /** Certificates for https. Connections are shared only by requests with the same object. */
  readonly tls?: TlsMaterial | undefined
  readonly cancellation: Cancellation
  /** Told when there is nothing to do but wait for the server: from the send to the head, and between pieces of the body. */
  readonly waits?: Waits
}

/** The head of an upstream's answer, and its body in pieces. */
export interface UpstreamResponse {
  readonly status: number
  /** A header's value by its lower-case name. */
  header(name: string): string | undefined
  /** Decoded, plain bytes. Throws `TransportError`. Leaving the loop early closes the connection. */
  readonly body: AsyncIterable<Uint8Array>
}

/**
 * The only way to an upstream, so that the hot path can be rebuilt in one module (decision W7).
 * A request is sent at most once, redirects are not followed.
 */
export interface Transport {
  /** Resolves with the head of the answer; throws `TransportError`. */
  send(request: UpstreamRequest): Promise<UpstreamResponse>
  /** Lets go of the connections to servers that nothing was sent to since the last time. Absent: it keeps none. */
  sweep?(): void
  /** Drops every connection. */
  close(): Promise<void>
}
