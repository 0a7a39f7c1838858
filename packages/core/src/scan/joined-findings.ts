import type { Cluster, Ranked } from './merge-overlaps.ts'
import { asFinding, clusterOf, inOrder, joined } from './merge-overlaps.ts'

/** Findings that overlap are one up to this length, in characters; of what is longer the later one keeps its rest. */
const longestJoin = 96

/**
 * Brings the findings of several detectors into one order, joined where they overlap. What comes out does not depend on
 * when the findings came in, and nothing waits for more than `longestJoin` characters.
 */
export class JoinedFindings<Found extends Ranked> {
  #waiting: Found[] = []
  #last: Cluster<Found> | null = null
  #covered = 0

  /** True when nothing waits: what is safe is decided. */
  get isEmpty(): boolean {
    return this.#last === null && this.#waiting.length === 0
  }

  /** Where the last finding that came out ends. */
  get covered(): number {
    return this.#covered
  }

  add(found: readonly Found[]): void {
    for (const one of found) this.#waiting.push(one)
  }

  /** What is settled when no detector will find anything that begins before `safe`. */
  settle(safe: number): { readonly found: readonly Found[]; readonly decided: number } {
    const found: Found[] = []
    if (this.#waiting.length > 0) {
      const ready = this.#waiting.filter(({ start }) => start < safe).sort(inOrder)
      this.#waiting = this.#waiting.filter(({ start }) => start >= safe)
      for (const one of ready) this.#take(one, found)
    }
    const last = this.#last
    if (last !== null && (last.end <= safe || (last.start < safe && isLong(last.start, last.end))))
      this.#finish(last, found)
    const decided = Math.max(safe, this.#covered)
    return { found, decided: Math.min(decided, this.#last?.start ?? decided) }
  }

  #take(one: Found, found: Found[]): void {
    const last = this.#last
    const start = Math.max(one.start, this.#covered)
    if (one.end <= start) return
    const next = { ...one, start }
    if (last === null) {
      this.#last = clusterOf(next)
    } else if (start === last.start || (start < last.end && !isLong(last.start, one.end))) {
      this.#last = joined(last, next)
    } else {
      this.#finish(last, found)
      this.#take(one, found)
    }
  }

  #finish(cluster: Cluster<Found>, found: Found[]): void {
    found.push(asFinding(cluster))
    this.#covered = cluster.end
    this.#last = null
  }
}

function isLong(start: number, end: number): boolean {
  return end - start > longestJoin
}
