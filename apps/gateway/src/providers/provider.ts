import type { Cancellation } from '../call/cancellation.ts'
import type { Endpoint } from '../call/endpoints.ts'
import type { Waits } from '../call/waits.ts'
import type { SseEvent } from '../sse/sse-event.ts'
import type { Transport } from '../transport/transport.ts'
import type { KindBook } from './kind-book.ts'
import type { TargetRuntime } from './target-runtime.ts'

/** A checked call, ready for a target. */
export interface ProviderCall {
  readonly target: TargetRuntime
  /** Where the client called. */
  readonly endpoint: Endpoint
  /** JSON text as the policies let it through, with the target's own model name. */
  readonly body: string
  readonly stream: boolean
  /** The model's name as the client knows it. */
  readonly model: string
  readonly requestId: string
  readonly traceparent: string | null
  readonly cancellation: Cancellation
  /** Told of every wait for the target's servers; absent where nobody measures. */
  readonly waits?: Waits
  readonly maxResponseBytes: number
}

/** A whole answer in OpenAI's shape. */
export interface PlainAnswer {
  readonly kind: 'plain'
  readonly text: string
  /** The bytes as they came, where the wire format is the client's; `null` from adapters (decision T5). */
  readonly bytes: Uint8Array | null
  readonly upstreamStatus: number
}

/** An answer that is still coming. Its events throw `TransportError` and `SseSyntaxError`. */
export interface StreamAnswer {
  readonly kind: 'stream'
  readonly batches: AsyncIterable<readonly SseEvent[]>
  readonly upstreamStatus: number
}

export type ProviderAnswer = PlainAnswer | StreamAnswer

export interface ProviderDeps {
  readonly transport: Transport
  readonly kinds: KindBook
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** The code that speaks the wire protocol of targets. */
export interface Provider {
  /** First part of `provider:` in the configuration. */
  readonly name: string
  /** True when the server behind a target is found out by asking it (decision W3). */
  readonly probes: boolean
  /** Calls the target. Throws `GatewayError` for what the upstream refused, `TransportError` for what went wrong on the way. */
  call(call: ProviderCall, deps: ProviderDeps): Promise<ProviderAnswer>
}
