import type { DetectionPlan } from '../detection-plan.ts'
import { sign } from './token.ts'

/** Counts in a block what its entities need, so that a block without them costs nothing. */
export class Clues {
  readonly #plan: DetectionPlan
  #digits = 0
  #dots = 0
  #colons = 0
  #certain = false
  #capitals = false

  constructor(plan: DetectionPlan) {
    this.#plan = plan
  }

  clear(): void {
    this.#digits = 0
    this.#dots = 0
    this.#colons = 0
    this.#certain = false
    this.#capitals = false
  }

  /** The block may hold a name in lower case, or a token that nobody can judge from outside. */
  addCertain(): void {
    this.#certain = true
  }

  /** Adds a token as it is read. */
  add(text: string, seen: number): void {
    if ((seen & sign.at) !== 0) this.#certain = true
    if ((seen & sign.upper) !== 0) this.#capitals = true
    if ((seen & sign.colon) !== 0 && text.includes('::')) this.#certain = true
    if ((seen & (sign.digit | sign.colon)) === 0) return
    this.#digits += countOf(text, /\p{N}/gu)
    this.#dots += countOf(text, /\./g)
    this.#colons += countOf(text, /:/g)
  }

  /** True when some detector other than that of names may find something. */
  get mayHoldValue(): boolean {
    if (this.#certain || this.#digits >= 7 || this.#colons >= 6) return true
    if (this.#plan.cardDetails && (this.#digits >= 3 || this.#capitals)) return true
    return this.#digits >= 4 && this.#dots >= 3
  }

  /** True when the block has capital letters and names are looked for. */
  get mayHoldName(): boolean {
    return this.#capitals && this.#plan.entities.has('PERSON')
  }
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}
