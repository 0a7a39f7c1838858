import type { EndedCall } from '../../audit/ended-call.ts'
import type { CallbackState } from '../callback.ts'
import { DeliveryLoop } from '../delivery-loop.ts'
import type { Pace } from '../pace.ts'
import type { Experiment } from './experiment.ts'
import type { RunFacts } from './governance-run.ts'
import { GovernanceRun } from './governance-run.ts'
import type { StateLog } from './state-log.ts'
import type { TrackingClient } from './tracking-client.ts'
import { TrackingError } from './tracking-error.ts'
import { trackingFailure } from './tracking-failure.ts'

export interface RunReporterOptions {
  readonly facts: RunFacts
  readonly client: TrackingClient
  readonly experiment: Experiment
  readonly flushMs: number
  readonly rotateMs: number
  readonly pace: Pace
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Calls whose traces were given up so far. */
  readonly dropped: () => number
  readonly failed: (error: unknown) => void
  readonly states: StateLog
  /** A run has been made. */
  readonly opened: (runId: string) => void
}

/** Keeps one run at a time up to date: from the start to the rotation or the stop, then the next one. */
export class RunReporter {
  readonly #options: RunReporterOptions
  readonly #loop: DeliveryLoop
  /** The run that is being delivered. */
  #run: GovernanceRun
  /** Counts already, while the run before it is brought to its end. */
  #next: GovernanceRun | null = null
  #announced: string | null = null
  /** Dropped before the run began. */
  #droppedBefore = 0
  #reportedAt: number | null = null

  constructor(options: RunReporterOptions) {
    this.#options = options
    this.#run = new GovernanceRun(options.facts, options.now())
    this.#loop = new DeliveryLoop({
      work: (last) => this.#deliver(last),
      everyMs: options.flushMs,
      pace: options.pace,
      judge: (error) => {
        options.failed(error)
        return trackingFailure(error)
      },
      succeeded: () => options.states.succeeded(),
    })
  }

  get state(): CallbackState {
    return this.#loop.state
  }

  get runId(): string | null {
    return this.#announced
  }

  /** Milliseconds since the epoch; `null` before the first report. */
  get reportedAt(): number | null {
    return this.#reportedAt
  }

  observe(call: EndedCall): void {
    const run = this.#next ?? this.#run
    run.counts.add(call)
  }

  start(): void {
    this.#loop.start()
  }

  stop(limitMs: number): Promise<void> {
    return this.#loop.stop(limitMs)
  }

  async #deliver(last: boolean): Promise<void> {
    const { now, rotateMs, dropped } = this.#options
    if (!this.#run.ended) {
      this.#run.counts.set('callback_dropped', dropped() - this.#droppedBefore)
      if (last || now() - this.#run.startedAt >= rotateMs) this.#turn(now())
    }
    await this.#run.deliver(this.#options).catch((error: unknown) => {
      this.#leaveRefused(error)
      throw error
    })
    this.#announce()
    this.#reportedAt = now()
    const next = this.#next
    if (next === null) return
    this.#goOn()
    // What was counted while the last run was brought to its end is still to be said.
    if (!last || next.counts.calls > 0) await this.#deliver(last)
  }

  /** A run whose end is refused does not stand in the way of the next one. */
  #leaveRefused(error: unknown): void {
    if (error instanceof TrackingError && error.problem === 'refused') this.#goOn()
  }

  #goOn(): void {
    this.#run = this.#next ?? this.#run
    this.#next = null
  }

  #turn(at: number): void {
    this.#droppedBefore = this.#options.dropped()
    this.#next = new GovernanceRun(this.#options.facts, at, this.#run)
    this.#run.end(at)
  }

  #announce(): void {
    const { id } = this.#run
    if (id === null || id === this.#announced) return
    this.#announced = id
    this.#options.opened(id)
  }
}
