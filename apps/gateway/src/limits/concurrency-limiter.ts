/** Lets at most `limit` calls work at once; the excess waits in line, for a bounded time (decision C7). */
export class ConcurrencyLimiter {
  readonly #limit: number
  readonly #waitMs: number
  readonly #line: ((admitted: boolean) => void)[] = []
  #working = 0

  /** `limit` 0 means no limit. */
  constructor(limit: number, waitMs = 1000) {
    this.#limit = limit
    this.#waitMs = waitMs
  }

  /** Resolves to true with a place, or to false when none became free in time. */
  async enter(): Promise<boolean> {
    if (this.#limit === 0) return true
    if (this.#working < this.#limit) {
      this.#working += 1
      return true
    }
    return this.#wait()
  }

  /** Gives the place of an admitted call back. */
  leave(): void {
    if (this.#limit === 0) return
    const next = this.#line.shift()
    if (next) next(true)
    else this.#working -= 1
  }

  #wait(): Promise<boolean> {
    return new Promise((resolve) => {
      const turn = (admitted: boolean): void => {
        clearTimeout(timer)
        resolve(admitted)
      }
      const timer = setTimeout(() => {
        this.#line.splice(this.#line.indexOf(turn), 1)
        turn(false)
      }, this.#waitMs)
      this.#line.push(turn)
    })
  }
}
