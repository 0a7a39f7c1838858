import type { AuditEvent, BodyDecision } from '@keeptrusts/core'
import type { KnownCall } from '../call/known-call.ts'
import { GatewayError } from '../errors/gateway-error.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import type { LeftAnswer } from './call-events.ts'
import { abortedEvent, completedEvent, decidedEvent } from './call-events.ts'
import { CallRecorder } from './call-recorder.ts'
import { endedCall } from './ended-call.ts'
import type { Ending } from './ending.ts'
import type { Journal } from './journal.ts'
import { countCall } from './journal.ts'

interface Settled {
  /** `request.completed` or `request.aborted`. */
  readonly outcome: AuditEvent | null
  readonly status: number | null
  /** The call goes no further. */
  readonly ends: boolean
}

type Told = Pick<Parameters<typeof endedCall>[1], 'outcome' | 'status' | 'failure'>

/** For a call that was left before its answer. */
const nothingLeft: LeftAnswer = { bytes: 0, usage: null, decision: null, kept: null }

/** Writes the events of one call, remembers what was decided, and tells who counts calls how it ended. */
export class CallJournal implements Journal {
  readonly #call: KnownCall
  readonly #deps: GatewayDeps
  readonly #records: CallRecorder
  #decided: AuditEvent | null = null
  #ended = false
  #told = false
  #outcome = 'none'

  constructor(call: KnownCall, deps: GatewayDeps) {
    this.#call = call
    this.#deps = deps
    this.#records = new CallRecorder(deps.recorder)
  }

  get reference(): string {
    return this.#records.reference
  }

  get outcome(): string {
    return this.#outcome
  }

  /** True once `request.decided` was made. */
  get decided(): boolean {
    return this.#decided !== null
  }

  /** Records the decision about the request, or the error that stands in its place. Throws `audit_unavailable`. */
  async decide(decision: BodyDecision | GatewayError): Promise<void> {
    const record = decidedEvent(this.#call, decision, this.#deps)
    const { event } = record
    this.#decided = event
    this.#outcome = event.decision ?? 'none'
    const status = this.#statusOf(decision)
    const recording = this.#records.decided(record)
    // An allowed call goes on; only when it cannot be recorded has it ended here.
    const ends = event.decision === 'block' || event.decision === 'error'
    await this.#settle(recording, { outcome: null, status, ends })
  }

  /** Records how the call ended, once. Throws `audit_unavailable`. */
  async complete(ending: Ending): Promise<void> {
    if (this.#ended) return
    this.#ended = true
    const record = completedEvent(this.#call, { ending, decided: this.#decided }, this.#deps)
    const { event } = record
    this.#outcome = event.decision ?? this.#outcome
    const { status } = ending
    await this.#settle(this.#records.ended(record), { outcome: event, status, ends: true })
  }

  /** Records that the call was left before its end, once. Throws `audit_unavailable`. */
  async abort(reason: string, left: LeftAnswer = nothingLeft): Promise<void> {
    if (this.#ended) return
    this.#ended = true
    const facts = { reason, left, decided: this.#decided }
    const record = abortedEvent(this.#call, facts, this.#deps)
    const { event } = record
    await this.#settle(this.#records.ended(record), { outcome: event, status: null, ends: true })
  }

  #statusOf(decision: BodyDecision | GatewayError): number {
    if (decision instanceof GatewayError) return decision.status
    return decision.outcome === 'block' ? this.#deps.config.enforcement.block_status : 200
  }

  /** Waits for the record, then tells how the call ended; one without a record ends as `audit_unavailable`. */
  async #settle(recording: Promise<void>, { ends, ...facts }: Settled): Promise<void> {
    try {
      await recording
    } catch (error) {
      const failed = error instanceof GatewayError ? error : null
      const failure = failed?.code ?? 'internal_error'
      this.#tell({ ...facts, status: failed?.status ?? 500, failure })
      throw error
    }
    if (ends) this.#tell({ ...facts, failure: null })
  }

  #count({ outcome, failure }: Told): void {
    const left = failure === null && outcome?.type === 'request.aborted'
    const counted = { outcome: failure === null ? this.#outcome : 'error' }
    countCall(left ? 'aborted' : counted, this.#deps)
  }

  #tell(facts: Told): void {
    const { observer, now } = this.#deps
    if (this.#told || this.#decided === null) return
    this.#told = true
    this.#count(facts)
    observer?.(endedCall(this.#call, { ...facts, decided: this.#decided, now: now() }))
  }
}
