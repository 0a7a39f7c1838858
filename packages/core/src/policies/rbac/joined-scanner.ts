import type { Match, Scanned, TextScanner } from '../policy.ts'

/** Several looks at one text as one: matches in order, never overlapping (the first one counts), decided where all have. */
export class JoinedScanner implements TextScanner<Match> {
  readonly #scanners: readonly TextScanner<Match>[]
  readonly #decided: number[]
  #waiting: Match[] = []
  #covered = 0

  constructor(scanners: readonly TextScanner<Match>[]) {
    this.#scanners = scanners
    this.#decided = scanners.map(() => 0)
  }

  push(text: string): Scanned<Match> {
    this.#take((scanner) => scanner.push(text))
    return this.#settle(Math.min(...this.#decided))
  }

  end(): Scanned<Match> {
    this.#take((scanner) => scanner.end())
    return this.#settle(Math.max(...this.#decided))
  }

  #take(step: (scanner: TextScanner<Match>) => Scanned<Match>): void {
    for (const [index, scanner] of this.#scanners.entries()) {
      const { found, decided } = step(scanner)
      this.#decided[index] = decided
      this.#waiting.push(...found)
    }
    this.#waiting.sort((one, other) => one.start - other.start || other.end - one.end)
  }

  /** A match comes out when no look can find another one that begins before it ends. */
  #settle(safe: number): Scanned<Match> {
    const found: Match[] = []
    const open = this.#waiting.findIndex(({ end }) => end > safe)
    const settled = this.#waiting.splice(0, open === -1 ? this.#waiting.length : open)
    for (const match of settled) {
      if (match.start < this.#covered) continue
      this.#covered = match.end
      found.push(match)
    }
    return { found, decided: Math.min(safe, this.#waiting[0]?.start ?? safe) }
  }
}
