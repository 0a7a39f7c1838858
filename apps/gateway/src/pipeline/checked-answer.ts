import type { Blocked, Passed } from '@keeptrusts/core'
import type { KeptContent } from '../audit/content/kept-content.ts'
import type { SseEvent } from '../sse/sse-event.ts'
import type { TokenUsage } from '../sse/token-usage.ts'
import type { AnswerFlow } from './answer-flow.ts'

interface AnswerFacts {
  /** What is kept of it, encrypted; `null` with the levels of content that keep none. */
  readonly kept: KeptContent | null
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
  /** What the chain said; that of policies which only monitor stops nothing. */
  readonly decision: Passed | Blocked | null
}

/** A stream: it goes out while it comes in, as far as the policies have decided. */
export interface LiveAnswer {
  readonly kind: 'live'
  readonly batches: AsyncIterator<readonly SseEvent[]>
  readonly flow: AnswerFlow
  /** What may go out of what was read ahead, so that a stream that begins with an error still gets an HTTP status. */
  readonly begun: Uint8Array
  readonly upstreamStatus: number
}

/** An answer that a policy stopped before any of it went out. */
export interface BlockedAnswer extends AnswerFacts {
  readonly kind: 'blocked'
  readonly decision: Blocked
  /** Choices of a stream that stay open in the client's eyes. */
  readonly openChoices: readonly number[]
}

export type CheckedAnswer = WholeAnswer | LiveAnswer | BlockedAnswer
