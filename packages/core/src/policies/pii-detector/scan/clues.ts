import type { DetectionPlan } from '../detection-plan.ts'
import { mayBeOfName } from '../entities/person.ts'
import { sign } from './token.ts'

/** Counts in a block what its entities need, so that a block without them costs nothing. */
export class Clues {
  readonly #plan: DetectionPlan
  #digits = 0
  #dots = 0
  #colons = 0
  #certain = false
  #capitals = false
  #lowerCase = false

  constructor(plan: DetectionPlan) {
    this.#plan = plan
  }

  clear(): void {
    this.#digits = 0
    this.#dots = 0
    this.#colons = 0
    this.#certain = false
    this.#capitals = false
    this.#lowerCase = false
  }

  /** The block holds a token that nobody can judge from outside. */
  addUnknown(): void {
    this.#certain = true
    this.#lowerCase = true
  }

  /** The block may hold what a recogniser knows. */
  addForm(): void {
    this.#certain = true
  }

  /** The block may hold a name in lower case. */
  addLowerCase(): void {
    this.#lowerCase = true
  }

  /** Adds a token as it is read. */
  add(text: string, seen: number): void {
    if ((seen & sign.at) !== 0) this.#certain = true
    if ((seen & sign.upper) !== 0 && !this.#capitals) this.#capitals = this.#isCapitalClue(text)
    if ((seen & sign.colon) !== 0 && text.includes('::')) this.#certain = true
    if (this.#plan.entities.has('URL') && /\.[\p{L}\p{N}]/u.test(text)) this.#certain = true
    if ((seen & (sign.digit | sign.colon)) === 0) return
    this.#digits += countOf(text, /\p{N}/gu)
    this.#dots += countOf(text, /\./g)
    this.#colons += countOf(text, /:/g)
  }

  #isCapitalClue(text: string): boolean {
    const { cardDetails, entities } = this.#plan
    return cardDetails || (entities.has('PERSON') && mayBeOfName(text))
  }

  /** True when some detector other than that of names may find something. */
  get mayHoldValue(): boolean {
    if (this.#certain || this.#digits >= 7 || this.#colons >= 6) return true
    if (this.#plan.cardDetails && (this.#digits >= 3 || this.#capitals)) return true
    return this.#digits >= 4 && this.#dots >= 3
  }

  /** True when the block has capital letters and names are looked for. */
  get mayHoldName(): boolean {
    return this.#capitals
  }

  get mayHoldLowerCaseName(): boolean {
    return this.#lowerCase
  }
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}
