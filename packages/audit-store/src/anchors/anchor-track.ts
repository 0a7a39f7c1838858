import { anchorLine } from './anchor-line.ts'
import type { AnchorStatus, KeptCheckpoint } from './anchor-status.ts'
import type { AnchorWriter } from './anchor-writer.ts'

/** How patient an anchor is, milliseconds. */
export interface AnchorPace {
  /** Between two lines. */
  readonly intervalMs: number
  /** Between a failure and the next attempt. */
  readonly retryMs: number
  /** How long a line may take until that is called a failure. It is still waited for: a second one would hang as well. */
  readonly hungMs: number
}

interface TrackOptions {
  readonly pace: AnchorPace
  /** Events that a checkpoint covers that is there already. */
  readonly lastSize: number | null
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Told when the anchor begins to fail, and when it works again. */
  readonly onChange: (status: AnchorStatus) => void
}

/** Brings the newest checkpoint to one place: the newest wins, one line at a time, and what fails is tried again. */
export class AnchorTrack {
  readonly #writer: AnchorWriter
  readonly #options: TrackOptions
  #newest: KeptCheckpoint | null = null
  #lastSize: number | null
  #lastAt: number | null = null
  #behindSince: number | null = null
  #error: string | null = null
  /** On the monotonic clock. */
  #notBefore = 0
  #timer: NodeJS.Timeout | undefined
  #underWay: Promise<void> | null = null
  #closing = false

  constructor(writer: AnchorWriter, options: TrackOptions) {
    this.#writer = writer
    this.#options = options
    this.#lastSize = options.lastSize
  }

  get status(): AnchorStatus {
    const { type, where } = this.#writer
    return {
      type,
      where,
      lastSize: this.#lastSize,
      lastAt: this.#lastAt,
      behindSince: this.#behindSince,
      error: this.#error,
    }
  }

  /** Takes a checkpoint that is newer than all before. */
  offer(checkpoint: KeptCheckpoint): void {
    this.#newest = checkpoint
    if (this.#isBehind) this.#behindSince ??= this.#options.now()
    this.#schedule()
  }

  /** Writes the newest checkpoint if it is not there yet, for at most `patienceMs`, and gives the place back. */
  async close(patienceMs: number): Promise<void> {
    this.#closing = true
    clearTimeout(this.#timer)
    let timer: NodeJS.Timeout | undefined
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, patienceMs)
    })
    await Promise.race([patience, this.#finish()])
    clearTimeout(timer)
    if (this.#isBehind) this.#fail(this.#error ?? 'it gave no answer before the end')
    this.#writer.close()
  }

  get #isBehind(): boolean {
    return this.#newest !== null && this.#newest.size > (this.#lastSize ?? 0)
  }

  async #finish(): Promise<void> {
    await this.#underWay
    if (this.#isBehind) await this.#write()
  }

  #schedule(): void {
    if (this.#closing || this.#underWay !== null || this.#timer || !this.#isBehind) return
    const delay = Math.max(0, this.#notBefore - performance.now())
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      void this.#write()
    }, delay)
    this.#timer.unref()
  }

  #write(): Promise<void> {
    const checkpoint = this.#newest
    if (checkpoint === null) return Promise.resolve()
    const { pace, now } = this.#options
    const started = performance.now()
    const hung = setTimeout(() => this.#fail(`no answer in ${pace.hungMs / 1000} s`), pace.hungMs)
    hung.unref()
    this.#underWay = this.#writer
      .write(anchorLine(checkpoint.note, now()))
      .then(
        () => {
          this.#notBefore = started + pace.intervalMs
          this.#succeed(checkpoint)
        },
        (error: unknown) => {
          this.#notBefore = performance.now() + pace.retryMs
          this.#fail(error instanceof Error ? error.message : String(error))
        },
      )
      .finally(() => {
        clearTimeout(hung)
        this.#underWay = null
        this.#schedule()
      })
    return this.#underWay
  }

  #succeed({ size }: KeptCheckpoint): void {
    const at = this.#options.now()
    this.#lastSize = size
    this.#lastAt = at
    this.#behindSince = this.#isBehind ? at : null
    if (this.#error === null) return
    this.#error = null
    this.#options.onChange(this.status)
  }

  /** The first failure is told; what follows until a success is the same trouble. */
  #fail(reason: string): void {
    const isNew = this.#error === null
    this.#error = reason
    if (isNew) this.#options.onChange(this.status)
  }
}
