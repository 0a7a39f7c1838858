import type { AuditStore } from '@keeptrusts/audit-store'
import type { AuditEvent } from '@keeptrusts/core'
import { newEventId } from '@keeptrusts/core'
import type { Log } from '../log/log.ts'
import { errorFields } from '../log/log.ts'

/** A log that is away for long must not fill the memory; after so many the decided events say it all. */
const maximalOwed = 10_000
const payEveryMs = 500

interface LossesOptions {
  /** `null` with `audit_store: {kind: none}`. */
  readonly store: AuditStore | null
  readonly log: Log
  readonly now: () => number
}

/** What the log did not take since the start, and what it is to be told once it takes records again. */
export class Losses {
  readonly #store: AuditStore | null
  readonly #log: Log
  readonly #now: () => number
  readonly #owed: AuditEvent[] = []
  #debtor: NodeJS.Timeout | undefined
  #unrecorded = 0
  #unlogged = 0

  constructor({ store, log, now }: LossesOptions) {
    this.#store = store
    this.#log = log
    this.#now = now
  }

  /** Events that were lost since the start because the log did not take them. */
  get unlogged(): number {
    return this.#unlogged
  }

  /** Counts and logs an event that was lost. */
  count(event: AuditEvent, error: unknown): void {
    this.#unrecorded += 1
    this.#unlogged += 1
    this.#log.error('audit.append_failed', { event_id: event.id, ...errorFields(error) })
  }

  /** Remembers that a call was cut off because its end could not be recorded, and records that as soon as the log is open again. */
  owe(ended: AuditEvent): void {
    if (this.#owed.length >= maximalOwed) return
    const time = this.#now()
    const { request_id = '', refs = null, actor = null } = ended
    this.#owed.push({
      id: newEventId(time),
      type: 'request.aborted',
      time: new Date(time).toISOString(),
      request_id,
      stage: 'abort',
      decision: 'error',
      reason_code: 'audit_unavailable',
      reason: 'audit_unavailable',
      refs,
      actor,
    })
    this.#payLater()
  }

  /** Records what is owed, if the log is open. */
  async pay(): Promise<void> {
    if (this.#store?.state !== 'open') return
    const store = this.#store
    const owed = this.#owed.splice(0)
    await Promise.all(
      owed.map((event) => store.append(event).catch(() => void this.#owed.push(event))),
    )
  }

  /** `on_failure: open` is itself recorded: the first durable event after a gap is followed by its size. */
  reportGap(): void {
    if (this.#unrecorded === 0) return
    const time = this.#now()
    const events = this.#unrecorded
    this.#unrecorded = 0
    const gap = {
      id: newEventId(time),
      type: 'audit.interrupted',
      time: new Date(time).toISOString(),
    }
    this.#store?.append({ ...gap, events }).catch(() => {
      this.#unrecorded += events
    })
  }

  #payLater(): void {
    this.#debtor ??= setTimeout(() => {
      this.#debtor = undefined
      void this.pay().then(() => this.#owed.length > 0 && this.#payLater())
    }, payEveryMs).unref()
  }
}
