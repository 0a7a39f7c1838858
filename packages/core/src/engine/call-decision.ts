import type { StreamGuard } from '../answer/answer-guard.ts'
import type { Message } from '../message/message.ts'
import type { Blocked, Passed } from './decision.ts'

/** What the library returns for `{ messages }`. */
export type RequestDecision =
  | (Passed & {
      readonly messages: readonly Message[]
      /** The tool definitions, when some were given. */
      readonly tools?: readonly unknown[]
      evaluateResponse: EvaluateResponse
      /** For an answer that is streamed. */
      guardStream(): StreamGuard
    })
  | Blocked
export type ResponseDecision = (Passed & { readonly messages: readonly Message[] }) | Blocked
export type EvaluateResponse = (input: {
  readonly messages: readonly Message[]
}) => Promise<ResponseDecision>
