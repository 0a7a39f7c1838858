import { uptime } from 'node:os'
import type { AuditStore } from '@keeptrusts/audit-store'
import { suspectJumpMs } from '@keeptrusts/audit-store'
import type { Log } from '../log/log.ts'
import { errorFields } from '../log/log.ts'

/** How often retention does its work, milliseconds. */
export interface RetentionPace {
  /** Between two looks at the clock. */
  readonly clockMs: number
  /** Between two looks for records that are old enough; the first is made at the start. */
  readonly pruneMs: number
}

const usualPace: RetentionPace = { clockMs: 60_000, pruneMs: 3_600_000 }

export interface RetentionOptions {
  readonly store: Pick<AuditStore, 'run'>
  readonly log: Log
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly now?: () => number
  /**
   * Milliseconds on a clock that nobody can set. Default the time since the machine was started, which unlike `performance.now` also
   * goes on while it sleeps: a laptop that wakes up has not had its clock set.
   */
  readonly uptime?: () => number
  readonly pace?: RetentionPace
}

/** Has the writer delete what is older than its retention, piece by piece between its batches, unless the clock was set. */
export class RetentionKeeper {
  readonly #store: Pick<AuditStore, 'run'>
  readonly #log: Log
  readonly #now: () => number
  readonly #uptime: () => number
  readonly #pace: RetentionPace
  /** When both clocks were last believed. */
  #base: { readonly wall: number; readonly up: number }
  #nextPrune: number
  #timer: NodeJS.Timeout | undefined
  #work: Promise<void> = Promise.resolve()
  #isStopped = false
  /** What was said last; it is not repeated every hour. */
  #said = ''

  constructor({
    store,
    log,
    now = Date.now,
    uptime: up = upMs,
    pace = usualPace,
  }: RetentionOptions) {
    this.#store = store
    this.#log = log
    this.#now = now
    this.#uptime = up
    this.#pace = pace
    this.#base = { wall: now(), up: up() }
    this.#nextPrune = this.#base.up
  }

  /** Begins with what became old while no gateway ran. */
  start(): void {
    this.#timer = setInterval(() => this.#tick(), this.#pace.clockMs)
    this.#timer.unref()
    this.#tick()
  }

  /** Ends after the piece under way and a last look at the clock; the next start goes on from there. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    this.#isStopped = true
    await this.#work
    await this.#attempt(() => this.#checkClock(this.#now(), this.#uptime()))
  }

  /** One after the other: a tick that comes while the one before still deletes waits for it. */
  #tick(): void {
    this.#work = this.#work.then(() => this.#attempt(() => this.#look()))
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      // The log says itself when it takes no records; retention tries again with the next tick.
      this.#log.warn('retention.failed', errorFields(error))
    }
  }

  async #look(): Promise<void> {
    if (this.#isStopped) return
    const up = this.#uptime()
    await this.#checkClock(this.#now(), up)
    if (up < this.#nextPrune) return
    this.#nextPrune = up + this.#pace.pruneMs
    await this.#prune()
  }

  /** Against the last time both agreed, not against the last look: many small steps are a jump too. */
  async #checkClock(wall: number, up: number): Promise<void> {
    const expected = Math.round(this.#base.wall + up - this.#base.up)
    if (Math.abs(wall - expected) <= suspectJumpMs) return
    await this.#store.run({ kind: 'clock-jump', from: expected, to: wall })
    this.#base = { wall, up }
    const [from, to] = [expected, wall].map((time) => new Date(time).toISOString())
    this.#log.warn('retention.clock_jump', {
      message: `The clock was set from ${from} to ${to}. When it is right, run kt events retention confirm-clock.`,
    })
  }

  async #prune(): Promise<void> {
    let first: number | null = null
    while (!this.#isStopped) {
      const now = this.#now()
      // Again before each piece: a clock that is set in the middle must not decide about the rest.
      await this.#checkClock(now, this.#uptime())
      const result = await this.#store.run({ kind: 'prune-step', now })
      first ??= result.first
      if (result.state === 'working') continue
      if (result.first > first) this.#log.info('retention.pruned', { count: result.first - first })
      if (result.state === 'suspended') this.#say('retention.suspended', clockSuspect)
      else if (result.state === 'damaged') this.#say('retention.damaged', damaged(result.problem))
      else this.#said = ''
      return
    }
  }

  #say(event: string, message: string): void {
    if (this.#said === message) return
    this.#said = message
    this.#log.error(event, { message })
  }
}

const clockSuspect =
  'No old records are deleted, because the clock may be wrong: kt events retention status says more. When it is right, run kt events retention confirm-clock.'

function damaged(problem: string): string {
  return `No old records are deleted, because the audit log was changed: ${problem}. Run kt events verify.`
}

function upMs(): number {
  return uptime() * 1000
}
