import type { Sample } from './exposition.ts'

/** Counts values by size, for Prometheus. */
export class Histogram {
  readonly #bounds: readonly number[]
  readonly #counts: number[]
  #sum = 0

  /** `bounds`: the upper ends of the buckets, growing; one for everything beyond is added. */
  constructor(bounds: readonly number[]) {
    this.#bounds = bounds
    this.#counts = new Array<number>(bounds.length + 1).fill(0)
  }

  /** Counts one value. */
  observe(value: number): void {
    const found = this.#bounds.findIndex((bound) => value <= bound)
    const bucket = found === -1 ? this.#bounds.length : found
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1
    this.#sum += value
  }

  /** Its lines. */
  samples(): readonly Sample[] {
    let total = 0
    const buckets = this.#counts.map((count, i): Sample => {
      total += count
      const bound = this.#bounds[i]
      return {
        suffix: '_bucket',
        labels: { le: bound === undefined ? '+Inf' : String(bound) },
        value: total,
      }
    })
    return [...buckets, { suffix: '_sum', value: this.#sum }, { suffix: '_count', value: total }]
  }
}
