import type { AuditEvent, AuditValue } from '@keeptrusts/core'
import type { CallRecord } from './call-events.ts'
import type { Recorder } from './recorder.ts'
import { noReference } from './recorder.ts'

/** The records of one call under its recording mode (decision L1). */
export class CallRecorder {
  readonly #recorder: Recorder
  #waiting: CallRecord | null = null
  #reference = noReference

  constructor(recorder: Recorder) {
    this.#recorder = recorder
  }

  /** Where the decision stands in the log: `<log>/<seq>`, an event id when it is not durable yet, or `none`. */
  get reference(): string {
    return this.#reference
  }

  /** Records `request.decided`; under `exceptions` a plain one waits for the outcome. Throws `audit_unavailable`. */
  async decided(record: CallRecord): Promise<void> {
    if (this.#recorder.mode === 'exceptions' && isPlain(record.event)) this.#waiting = record
    else this.#reference = await this.#append(record)
  }

  /** Records how the call ended; under `exceptions` nothing when it was plainly allowed. Throws `audit_unavailable`. */
  async ended(record: CallRecord): Promise<void> {
    const waiting = this.#waiting
    this.#waiting = null
    if (waiting && isPlain(record.event)) return
    if (waiting) this.#reference = await this.#append(waiting)
    else if (this.#recorder.mode === 'exceptions' && this.#reference === noReference) return
    try {
      await this.#append(record)
    } catch (error) {
      // Its answer will not end as it should: the log is to say so once it can.
      this.#recorder.owe(record.event)
      throw error
    }
  }

  async #append({ event, kept }: CallRecord): Promise<string> {
    if (this.#recorder.mode === 'none') return noReference
    if (this.#recorder.mode === 'background') return this.#recorder.recordLater(event, kept?.bytes)
    return this.#recorder.record(event, kept?.bytes)
  }
}

/** True for a call that was allowed and in which no policy, monitoring ones included, found anything or failed. */
function isPlain({ decision, policies }: AuditEvent): boolean {
  if (decision !== 'allow') return false
  const runs: readonly AuditValue[] = Array.isArray(policies) ? policies : []
  return runs.every((run) => {
    const verdict =
      typeof run === 'object' && run !== null && 'verdict' in run ? run['verdict'] : null
    return verdict === 'pass' || verdict === 'not_run'
  })
}
