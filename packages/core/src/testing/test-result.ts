import type { Position } from '../config/config.ts'
import type { PolicyVerdict } from '../engine/decision.ts'
import type { Direction } from '../message/segment.ts'
import type { BodyTexts } from './body-texts.ts'

/** One policy's verdict about one side of a tested call. */
export type TestedPolicy = Omit<PolicyVerdict, 'duration_us'> & { readonly stage: Direction }

/** What came of a tested call. */
export interface Outcome {
  readonly verdict: 'allow' | 'redact' | 'block' | 'error'
  readonly reason_code: string
  /** The policy that decided, if one did. */
  readonly policy: string | null
  /** The request side, then the answer side if it ran; each in chain order. */
  readonly policies: readonly TestedPolicy[]
  /** What goes to the model; `null` when nothing does. */
  readonly forwarded: BodyTexts | null
  /** What goes to the client; `null` when nothing does. */
  readonly answer: BodyTexts | null
  /** Why the call was refused unread, for the verdict `error`. */
  readonly refusal?: string
}

/** How a test went. */
export interface TestResult {
  readonly name: string
  readonly suite: string | null
  readonly position: Position
  readonly verdict: Outcome['verdict']
  readonly reason_code: string
  readonly policy: string | null
  readonly policies: readonly TestedPolicy[]
  readonly passed: boolean
  /** What was expected and found instead, a sentence each. May show texts of the test. */
  readonly problems: readonly string[]
}
