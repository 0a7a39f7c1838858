import type { PolicyVerdict } from '../engine/decision.ts'
import type { Identity } from '../engine/identity.ts'
import type { Message } from '../message/message.ts'
import type { Direction } from '../message/segment.ts'

/** One labelled sample of a policy: an entry of `cases.yaml` (`policies/README.md` explains the keys). */
export interface PolicyCase {
  readonly name: string
  /** The policy's block as a user would write it. */
  readonly options?: Readonly<Record<string, unknown>>
  readonly direction?: Direction
  /** The text of one message … */
  readonly text?: string
  /** … and its role. */
  readonly role?: string
  /** Or whole messages in the OpenAI chat shape. */
  readonly messages?: readonly Message[]
  readonly tools?: readonly unknown[]
  /** Who calls; nobody that is known when absent. */
  readonly identity?: Identity
  /** The model that is asked for. */
  readonly model?: string
  /** Headers of the request, names in lower case. */
  readonly headers?: Readonly<Record<string, string>>
  readonly expect: PolicyExpectation
}

export interface PolicyExpectation {
  readonly verdict: PolicyVerdict['verdict']
  /** Rule ids of the findings, each once, in any order. */
  readonly rules?: readonly string[]
  readonly types?: readonly string[]
  /** Reason code of the verdict. */
  readonly reason?: string
  /** What goes on in the place of `text`. */
  readonly text?: string
  readonly messages?: readonly Message[]
}
