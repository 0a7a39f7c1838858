import { JoinedFindings } from '../../../scan/joined-findings.ts'
import { KeptText } from '../../../scan/kept-text.ts'
import { PatternScanner } from '../../../scan/pattern-scanner.ts'
import type { Scanned, TextScanner } from '../../policy.ts'
import type { Finding } from '../finding.ts'
import { isInMarker } from '../finding.ts'
import type { Plan } from '../plan.ts'
import { customFinding } from '../plan.ts'
import { RuleScanner } from './rule-scanner.ts'
import { TermScanner } from './term-scanner.ts'

/** Text that is kept before what is undecided: scanners look back so far. */
const kept = 96
const nothing: readonly Finding[] = []

/** One way to look at a text that comes in pieces. */
interface Look {
  readonly decided: number
  read(isComplete: boolean): readonly Finding[]
}

/** Finds what a plan looks for in a text while it comes; what it finds does not depend on how the text is cut. */
export class DlpScanner implements TextScanner<Finding> {
  readonly #text = new KeptText()
  readonly #looks: readonly Look[]
  readonly #joined = new JoinedFindings<Finding>()

  /** `isRequest`: escapes and the customer's patterns are looked at in the whole text, elsewhere. */
  constructor({ rules, terms, patterns, weights }: Plan, { isRequest }: { isRequest: boolean }) {
    const text = this.#text
    const looks: Look[] = [new RuleScanner(text, rules, { escapes: !isRequest })]
    if (terms.longest > 0) looks.push(new TermScanner(text, terms, weights.terms))
    if (!isRequest) {
      const use = {
        isMarker: isInMarker,
        toFinding: (start: number, end: number) => customFinding({ start, end }, weights.patterns),
      }
      for (const shape of patterns) looks.push(new PatternScanner(text, shape, use))
    }
    this.#looks = looks
  }

  push(text: string): Scanned<Finding> {
    this.#text.append(text)
    return this.#read(false)
  }

  end(): Scanned<Finding> {
    return this.#read(true)
  }

  #read(isComplete: boolean): Scanned<Finding> {
    let safe = this.#text.end
    for (const look of this.#looks) {
      this.#joined.add(look.read(isComplete))
      if (!isComplete) safe = Math.min(safe, look.decided)
    }
    if (this.#joined.isEmpty) {
      this.#text.forgetBefore(safe - kept)
      return { found: nothing, decided: Math.max(safe, this.#joined.covered) }
    }
    const settled = this.#joined.settle(safe)
    this.#text.forgetBefore(Math.min(settled.decided, safe) - kept)
    return settled
  }
}
