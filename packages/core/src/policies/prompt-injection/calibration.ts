import type { WindowKind } from './windows.ts'

/** Where a text stands: what people ask, or what documents, tools and earlier answers bring along. */
export type Place = 'prompts' | 'documents'

interface WindowWeights extends Readonly<Record<Place, number>> {
  readonly linear: number
  readonly contrast: number
}

/** What the training command fits above the rules and the linear model, in tenths of log-odds. */
export interface Calibration {
  /**
   * By kind of window: the factor of the linear model's log-odds, that of how far they stand out from the rest of the text,
   * and what is added in each place, so that 0.8 is a score that at most 1 % of harmless texts there reach.
   */
  readonly windows: Readonly<Record<WindowKind, WindowWeights>>
  /** Weight of each rule by its key; a rule that is not named has its prior. */
  readonly rules: Readonly<Record<string, number>>
}
