import type { WordPattern } from './rules.ts'
import { meaningsOf, patternsFrom, rules } from './rules.ts'
import type { Tokens } from './tokens.ts'

/** One place where a rule fits, in offsets of the text it was found in. */
export interface RuleHit {
  readonly rule: number
  readonly start: number
  readonly end: number
}

/** A rule counts once in a window, so a second fit this few words later adds nothing: keeps hostile text cheap. */
const REPEAT_AFTER = 32

/** The places where word patterns fit, in order. Linear: gaps, pattern lengths and repetitions are bounded. */
export function findWordHits(tokens: Tokens): RuleHit[] {
  const search = new Search(tokens)
  for (let token = 0; token < tokens.count; token++) search.from(token)
  return search.hits
}

class Search {
  readonly hits: RuleHit[] = []
  readonly #tokens: Tokens
  readonly #lastFit = new Int32Array(rules.length).fill(-REPEAT_AFTER)

  constructor(tokens: Tokens) {
    this.#tokens = tokens
  }

  /** Tries every pattern whose first word is at `token`. */
  from(token: number): void {
    const patterns = patternsFrom(this.#tokens.hashes[token] ?? 0)
    if (patterns === undefined) return
    for (const pattern of patterns) this.#tryAt(pattern, token)
  }

  #tryAt(pattern: WordPattern, token: number): void {
    if (token - (this.#lastFit[pattern.rule] ?? 0) < REPEAT_AFTER) return
    const last = this.#fit(pattern, 1, token)
    if (last < 0) return
    this.#lastFit[pattern.rule] = token
    const { starts, ends } = this.#tokens
    this.hits.push({ rule: pattern.rule, start: starts[token] ?? 0, end: ends[last] ?? 0 })
  }

  /** The last word of the nearest fit of the steps from `index` on, after the word `before`; -1 without one. */
  #fit(pattern: WordPattern, index: number, before: number): number {
    const step = pattern.steps[index]
    if (step === undefined) return before
    const { count, hashes, breaks } = this.#tokens
    const limit = Math.min(count - 1, before + 1 + step.gap)
    for (let token = before + 1; token <= limit; token++) {
      if (breaks[token] === 1) return -1
      if (!meaningsOf(hashes[token] ?? 0)?.includes(step.meaning)) continue
      const last = this.#fit(pattern, index + 1, token)
      if (last >= 0) return last
    }
    return -1
  }
}
