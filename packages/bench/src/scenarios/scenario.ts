import type { Figures } from '../goals.ts'
import type { Table } from '../show-figures.ts'

/** Something that is measured by itself, with programs of its own. */
export interface Scenario {
  /** As `--only` names it. */
  readonly name: string
  run(): Promise<Section>
}

/** What a scenario came to. */
export interface Section {
  readonly title: string
  /** How it was measured, in sentences. */
  readonly method: string
  readonly tables: readonly Table[]
  /** What the table of goals is made from. */
  readonly figures: Figures
}

/** How much is measured. */
export interface Effort {
  /** A minute or two in all; figures that show that it works, and no more. */
  readonly quick: boolean
  readonly rounds: number
  /** Of one stretch of load. */
  readonly durationMs: number
  /** Measure also what is compared with the last full run. */
  readonly floor: boolean
}
