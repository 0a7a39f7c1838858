import type { BodyDecision } from '@keeptrusts/core'
import type { SseEvent } from '../sse/sse-event.ts'
import type { TokenUsage } from '../sse/token-usage.ts'

type Passed = Extract<BodyDecision, { readonly body: unknown }>
type Blocked = Exclude<BodyDecision, Passed>

interface AnswerFacts {
  readonly upstreamStatus: number
  readonly usage: TokenUsage | null
  readonly finishReasons: readonly string[]
}

/** A whole answer that may go out. */
export interface WholeAnswer extends AnswerFacts {
  readonly kind: 'whole'
  readonly text: string
  /** Set when not a byte was changed and the provider's wire format is the client's. */
  readonly bytes: Uint8Array | null
  readonly decision: Passed | null
}

/** A stream that was read to its end and checked. */
export interface BufferedAnswer extends AnswerFacts {
  readonly kind: 'buffered'
  readonly events: readonly SseEvent[]
  readonly decision: Passed
}

/** A stream that no policy acts on: it goes out while it comes in. */
export interface LiveAnswer {
  readonly kind: 'live'
  readonly batches: AsyncIterator<readonly SseEvent[]>
  /** Read ahead, so that a stream that begins with an error still gets an HTTP status. */
  readonly first: IteratorResult<readonly SseEvent[]>
  readonly upstreamStatus: number
}

/** An answer that a policy stopped. */
export interface BlockedAnswer extends AnswerFacts {
  readonly kind: 'blocked'
  readonly decision: Blocked
  /** Choices of a stream that stay open in the client's eyes. */
  readonly openChoices: readonly number[]
}

export type CheckedAnswer = WholeAnswer | BufferedAnswer | LiveAnswer | BlockedAnswer
