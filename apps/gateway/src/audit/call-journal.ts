import type { AuditEvent, BodyDecision } from '@keeptrusts/core'
import type { KnownCall } from '../call/known-call.ts'
import type { GatewayError } from '../errors/gateway-error.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import { abortedEvent, completedEvent, decidedEvent } from './call-events.ts'
import { CallRecorder } from './call-recorder.ts'
import type { Ending } from './ending.ts'

/** Writes the events of one call and remembers what was decided. */
export class CallJournal {
  readonly #call: KnownCall
  readonly #deps: GatewayDeps
  readonly #records: CallRecorder
  #decided: AuditEvent | null = null
  #ended = false
  #outcome = 'none'

  constructor(call: KnownCall, deps: GatewayDeps) {
    this.#call = call
    this.#deps = deps
    this.#records = new CallRecorder(deps.recorder)
  }

  /** Value of `x-keeptrusts-event`. */
  get reference(): string {
    return this.#records.reference
  }

  /** Value of `x-keeptrusts-decision`: `allow | redact | block | error`, or `none` before any decision. */
  get outcome(): string {
    return this.#outcome
  }

  /** True once `request.decided` was made. */
  get decided(): boolean {
    return this.#decided !== null
  }

  /** Records the decision about the request, or the error that stands in its place. Throws `audit_unavailable`. */
  async decide(decision: BodyDecision | GatewayError): Promise<void> {
    const event = decidedEvent(this.#call, decision, this.#deps)
    this.#decided = event
    this.#outcome = event.decision ?? 'none'
    await this.#records.decided(event)
  }

  /** Records how the call ended, once. Throws `audit_unavailable`. */
  async complete(ending: Ending): Promise<void> {
    if (this.#ended) return
    this.#ended = true
    const event = completedEvent(this.#call, { ending, decided: this.#decided }, this.#deps)
    this.#outcome = event.decision ?? this.#outcome
    await this.#records.ended(event)
  }

  /** Records that the call was left before its end, once. Throws `audit_unavailable`. */
  async abort(reason: string, releasedBytes: number): Promise<void> {
    if (this.#ended) return
    this.#ended = true
    const facts = { reason, releasedBytes, decided: this.#decided }
    await this.#records.ended(abortedEvent(this.#call, facts, this.#deps))
  }
}
