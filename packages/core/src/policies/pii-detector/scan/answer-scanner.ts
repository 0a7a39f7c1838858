import type { Match, Scanned, TextScanner } from '../../policy.ts'
import type { DetectionPlan } from '../detection-plan.ts'
import type { Detected } from '../entity-detector.ts'
import type { Markers } from '../markers.ts'
import { BlockCutter } from './block-cutter.ts'
import { BlockInspector, contextReach } from './inspect-block.ts'
import { JoinedFindings } from './joined-findings.ts'
import { KeptText } from './kept-text.ts'
import type { ShapedPattern } from './pattern-scanner.ts'
import { PatternScanner } from './pattern-scanner.ts'

/** What a scanner is made of. */
export interface ScannerParts {
  readonly plan: DetectionPlan
  readonly patterns: readonly ShapedPattern[]
  readonly markers: Markers
  /** Makes the match for a finding and the text it covers. */
  toMatch(found: Detected, value: string): Match
}

const nothing: readonly Match[] = []

/** Finds the plan's entities in an answer while it comes; what it finds does not depend on how the text is cut. */
export class AnswerScanner implements TextScanner<Match> {
  readonly #parts: ScannerParts
  readonly #text = new KeptText()
  readonly #cutter: BlockCutter
  readonly #patterns: readonly PatternScanner[]
  readonly #joined = new JoinedFindings()

  constructor(parts: ScannerParts) {
    const { plan, markers, patterns } = parts
    const inspector = new BlockInspector(this.#text, plan, markers)
    this.#parts = parts
    this.#patterns = patterns.map((shape) => new PatternScanner(this.#text, shape, markers))
    this.#cutter = new BlockCutter(
      this.#text,
      { plan, fixedMarkers: markers.fixed },
      (block, clues) => this.#joined.add(inspector.inspect(block, clues)),
    )
  }

  push(text: string): Scanned<Match> {
    this.#text.append(text)
    this.#cutter.read()
    for (const pattern of this.#patterns) this.#joined.add(this.#counting(pattern.read(false)))
    return this.#settle()
  }

  end(): Scanned<Match> {
    this.#cutter.end()
    for (const pattern of this.#patterns) this.#joined.add(this.#counting(pattern.read(true)))
    return this.#settle()
  }

  /** The matches of customers' patterns that are not on the allow list. */
  #counting(found: readonly Detected[]): readonly Detected[] {
    const { rules } = this.#parts.plan
    return found.filter(({ start, end }) => !rules.isAllowed(this.#text.slice(start, end)))
  }

  #settle(): Scanned<Match> {
    let safe = this.#cutter.start
    for (const pattern of this.#patterns) safe = Math.min(safe, pattern.decided)
    if (this.#joined.isEmpty) {
      this.#text.forgetBefore(safe - contextReach)
      return { found: nothing, decided: Math.max(safe, this.#joined.covered) }
    }
    const { found, decided } = this.#joined.settle(safe)
    const matches = found.map((one) =>
      this.#parts.toMatch(one, this.#text.slice(one.start, one.end)),
    )
    this.#text.forgetBefore(Math.min(decided, safe) - contextReach)
    return { found: matches, decided }
  }
}
